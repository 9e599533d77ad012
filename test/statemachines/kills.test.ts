import { describe, expect, test } from 'vitest';
import { functionOf } from '../simulator/deployed-names.ts';
import { simulate } from '../simulator/simulate.ts';
import { trusting } from '../simulator/world-options.ts';
import { ends } from './ends.ts';

const people = { name: 'people', trust: trusting({ AWS: 'arn:aws:iam::111122223333:root' }) };
const policies = { AmazonEKSViewPolicy: [], AmazonEKSEditPolicy: ['dev'] };
const entry = { role: 'people', type: 'STANDARD', groups: ['devs'], tags: { team: 'a' }, policies };

const STEPS = [
  'FindEntries',
  'StartRebinds',
  'InspectEntry',
  'Preflight',
  'DeleteEntry',
  'CreateEntry',
  'AssociatePolicies',
  'VerifyEntry',
];
// Preflight makes the most calls to AWS: no more than these.
const MOST_CALLS = 20;

/** Recreates the role while one invocation of the step is killed at that call. */
async function killedAt(step: string, moment: 'Before' | 'After', call: number) {
  const world = await simulate({ roles: [people], entries: [entry], seed: call });
  const old = world.standing('people');
  const kill = world.aws.lambda[`kill${moment}Call`](call, { functionName: functionOf(step) });
  await world.recreateRole(people);
  await world.quiet();
  return { world, old, struck: kill.count > 0 };
}

/** Every call that a run made, with its moment and ids. */
async function logOf(seed: number) {
  const world = await simulate({ seed, roles: [people], entries: [entry] });
  await world.recreateRole(people);
  await world.quiet();
  return world.aws.calls.all.map(({ at, operation, requestId, accessKeyId }) => [
    at,
    operation,
    requestId,
    accessKeyId,
  ]);
}

describe.each(STEPS)('%s', (step) => {
  test.each(['Before', 'After'] as const)('killed %s any of its calls ends the same', async (moment) => {
    let calls = 0;
    for (let call = 1; call <= MOST_CALLS; call++) {
      const { world, old, struck } = await killedAt(step, moment, call);
      expect(ends(world.ran('rebind-entry'))).toEqual(['Rebound']);
      const standing = world.standing('people');
      expect(standing?.arn).not.toBe(old?.arn);
      expect(standing).toMatchObject({ kubernetesGroups: ['devs'], tags: { team: 'a' } });
      expect(standing?.policies).toHaveLength(2);
      expect(world.authenticates('people')).toBe(200);
      if (!struck) break;
      calls = call;
    }
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThan(MOST_CALLS);
  });
});

test('the same seed runs the same way, to the millisecond; another seed another way', async () => {
  const first = await logOf(11);
  await expect(logOf(11)).resolves.toEqual(first);
  await expect(logOf(12)).resolves.not.toEqual(first);
});
