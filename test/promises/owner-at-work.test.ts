import { expect, test } from 'vitest';
import { ownerOf } from '../simulator/owner.ts';
import type { Simulation } from '../simulator/simulate.ts';
import { grants } from './grants.ts';
import { at } from './interruptions.ts';
import { judge } from './judge.ts';
import { beforeStory, recreateAndSettle, undisturbedCalls } from './story.ts';

const calls = await undisturbedCalls();

const entryOf = (world: Simulation) => world.entry('people');
const standingOf = (world: Simulation) => world.aws.eks.state.entry(entryOf(world));

// EKS has no conditional delete: a change at the very moment of our delete can't be prevented. It is
// the one point that is left out, and docs/how-it-works.md says so.
const points = calls
  .map((operation, index) => ({ operation, point: index + 1 }))
  .filter(({ operation }) => operation !== 'DeleteAccessEntry');

test('the owner narrows the entry at every call: what they took away stays away', async () => {
  const broken: string[] = [];
  for (const { operation, point } of points) {
    const { world, before } = await beforeStory();
    let narrowed = false;
    at(world, point, () => {
      const standing = standingOf(world);
      if (!standing) return;
      narrowed = true;
      const policies = standing.policies.filter(({ policyArn }) => !policyArn.endsWith('EditPolicy'));
      ownerOf(world).changes(entryOf(world), { policies, tags: { team: 'narrowed' } });
    });
    await recreateAndSettle(world);
    const breaches = await judge(world, { before, mayTouch: [world.roleArn('people')], recreations: 1 });
    const now = standingOf(world);
    const keptNarrow = !narrowed || (now && grants(now).tags['team'] === 'narrowed');
    if (breaches.length > 0 || !keptNarrow) {
      const ends = world.ran('rebind-entry').map(({ end }) => end);
      broken.push(
        `${point} ${operation}: ${ends.join()} ${JSON.stringify(breaches)} ${JSON.stringify(now && grants(now))}`,
      );
    }
  }
  expect(broken).toEqual([]);
}, 120_000);

test('the owner deletes the entry at every call: it is not made again', async () => {
  const broken: string[] = [];
  for (const { operation, point } of points) {
    const { world, before } = await beforeStory();
    let deleted = false;
    at(world, point, () => {
      deleted = standingOf(world) !== undefined;
      if (deleted) ownerOf(world).deletes(entryOf(world));
    });
    await recreateAndSettle(world);
    const breaches = await judge(world, { before, mayTouch: [world.roleArn('people')], recreations: 1 });
    if (breaches.length > 0 || (deleted && standingOf(world))) {
      const ends = world.ran('rebind-entry').map(({ end }) => end);
      broken.push(`${point} ${operation}: ${ends.join()} ${JSON.stringify(breaches)}`);
    }
  }
  expect(broken).toEqual([]);
}, 120_000);
