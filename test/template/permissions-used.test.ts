import { beforeAll, expect, test } from 'vitest';
import { serviceDeployment } from '../../lib/cli/stage/service-deployment.ts';
import { functionOf } from '../simulator/deployed-names.ts';
import { ACCOUNT } from '../simulator/world-options.ts';
import { allowedIn, usedIn } from './allowed-actions.ts';
import { type Baseline, playAll } from './baseline.ts';
import { EVERYTHING_ON } from './tour.ts';

// Least privilege from both sides: whatever a function calls is allowed, and whatever is allowed is called.

let played: Baseline[] = [];
beforeAll(async () => {
  played = await playAll();
}, 120_000);

const deployment = serviceDeployment({
  accountId: ACCOUNT,
  partition: 'aws',
  region: 'us-east-1',
  environment: EVERYTHING_ON,
  ports: {},
});

test('every story goes as it should: nobody is denied but the heartbeat, which is to be', () => {
  const denied = played.flatMap(({ denied: one }) => one);
  expect(new Set(denied)).toEqual(new Set([`${functionOf('SendHeartbeat')} DeleteRole`]));
});

test('every function is used', () => {
  const invoked = new Set(played.flatMap(({ events }) => [...events.keys()]));
  expect(Object.keys(deployment.functions).filter((name) => !invoked.has(name))).toEqual([]);
});

test('every allowed action of every policy is used', () => {
  const used = usedIn(played.flatMap((one) => one.used));
  const allowed = allowedIn(deployment);
  expect(allowed.length).toBeGreaterThan(250);
  expect(allowed.filter((one) => !used.has(one))).toEqual([]);
});
