import { afterAll, expect, test } from 'vitest';
import { INTERRUPTIONS } from './interruptions.ts';
import { judge } from './judge.ts';
import { pointsTable } from './points-table.ts';
import { beforeStory, recreateAndSettle, undisturbedCalls } from './story.ts';

const calls = await undisturbedCalls();
const table = pointsTable(`a rebind, interrupted at each of its ${calls.length} AWS calls`);
afterAll(() => table.print());

test('the story makes calls to interrupt', () => {
  expect(calls).toContain('DeleteAccessEntry');
});

test.each(Object.entries(INTERRUPTIONS))(
  'every call %s: the entry is rebound all the same',
  async (how, interrupt) => {
    const disturbed: string[] = [];
    for (const [index, operation] of calls.entries()) {
      const { world, before } = await beforeStory();
      const happened = interrupt(world, index + 1);
      await recreateAndSettle(world);
      const mayTouch = [world.roleArn('people')];
      const breaches = await judge(world, { before, mayTouch, recreations: 1 });
      const ends = world.ran('rebind-entry').map(({ end }) => end);
      table.add(how, ends.join());
      const isWell = ends.join() === 'Rebound' && world.authenticates('people') === 200 && happened() === 1;
      if (breaches.length > 0 || !isWell) {
        disturbed.push(`${index + 1} ${operation}: ${happened()} times, ${ends.join()} ${JSON.stringify(breaches)}`);
      }
    }
    expect(disturbed).toEqual([]);
    expect(table.count(how)).toBe(calls.length);
  },
  120_000,
);
