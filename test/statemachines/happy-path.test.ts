import { expect, test } from 'vitest';
import { simulate } from '../simulator/simulate.ts';

const ends = (ran: readonly { end: string }[]) => ran.map(({ end }) => end);

test('a recreated node role gets its entry rebound, and its nodes join again', async () => {
  const world = await simulate();
  const before = world.standing('nodes');
  expect(world.authenticates('nodes')).toBe(200);

  await world.recreateRole({ name: 'nodes' });
  expect(world.authenticates('nodes')).toBe(401);
  await world.quiet();

  expect(ends(world.ran('role-changed')).toSorted()).toEqual(['PrincipalReturned', 'RebindsStarted']);
  expect(ends(world.ran('rebind-entry'))).toEqual(['Rebound']);
  expect(world.authenticates('nodes')).toBe(200);
  const after = world.standing('nodes');
  expect(after?.arn).not.toBe(before?.arn);
  expect(after).toMatchObject({ type: 'EC2_LINUX', tags: { made: 'by-terraform' } });
});
