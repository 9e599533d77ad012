import { beforeAll, expect, test } from 'vitest';
import { serviceDeployment } from '../../lib/cli/stage/service-deployment.ts';
import type { PolicyStatement } from '../../lib/local/deployment.ts';
import { functionOf } from '../simulator/deployed-names.ts';
import { ACCOUNT } from '../simulator/world-options.ts';
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

const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:${ACCOUNT}:${name}`;

/** Every policy of the deployment by what `used` calls it: a function's or a machine's name, else an ARN. */
function policies(): [string, readonly PolicyStatement[]][] {
  const { functions, stateMachines, roles = {}, topics = {}, queues = {} } = deployment;
  return [
    ...Object.entries(functions).flatMap(([name, { statements, resourcePolicy = [] }]) => [
      [name, statements] as [string, readonly PolicyStatement[]],
      [arn('lambda', `function:${name}`), resourcePolicy] as [string, readonly PolicyStatement[]],
    ]),
    ...Object.entries(stateMachines).map(([name, { statements }]): [string, typeof statements] => [name, statements]),
    ...Object.entries(roles).map(([name, { statements }]): [string, typeof statements] => [name, statements]),
    ...Object.entries(topics).map(([name, { policy = [] }]): [string, typeof policy] => [arn('sns', name), policy]),
    ...Object.entries(queues).map(([name, { policy = [] }]): [string, typeof policy] => [arn('sqs', name), policy]),
  ];
}

test('every story goes as it should: nobody is denied but the heartbeat, which is to be', () => {
  const denied = played.flatMap(({ denied: one }) => one);
  expect(new Set(denied)).toEqual(new Set([`${functionOf('SendHeartbeat')} DeleteRole`]));
});

test('every function is used', () => {
  const invoked = new Set(played.flatMap(({ events }) => [...events.keys()]));
  expect(Object.keys(deployment.functions).filter((name) => !invoked.has(name))).toEqual([]);
});

test('every allowed action of every policy is used', () => {
  const used = new Set(
    played.flatMap(({ used: all }) =>
      all.map(({ policy, statement, action }) => [policy, statement, action.toLowerCase()].join(' ')),
    ),
  );
  const allowed = policies().flatMap(([policy, statements]) =>
    statements.flatMap(({ effect, actions }, index) =>
      effect === 'Allow' ? actions.map((action) => [policy, index, action.toLowerCase()].join(' ')) : [],
    ),
  );
  expect(allowed.length).toBeGreaterThan(250);
  expect(allowed.filter((one) => !used.has(one))).toEqual([]);
});
