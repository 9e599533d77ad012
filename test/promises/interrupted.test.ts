import { afterAll, expect, test } from 'vitest';
import { interruptEachCall } from './interrupt-each-call.ts';
import { INTERRUPTIONS } from './interruptions.ts';
import { pointsTable } from './points-table.ts';
import { beforeStory, undisturbedCalls } from './story.ts';

const calls = await undisturbedCalls();
const table = pointsTable(`a rebind, interrupted at each of its ${calls.length} AWS calls`);
afterAll(() => table.print());

test('the story makes calls to interrupt', () => {
  expect(calls).toContain('DeleteAccessEntry');
});

test.each(Object.entries(INTERRUPTIONS))(
  'every call %s: the entry is rebound all the same',
  async (how, interrupt) => {
    const disturbed = await interruptEachCall({ how, interrupt, calls, begin: beforeStory, table });
    expect(disturbed).toEqual([]);
    expect(table.count(how)).toBe(calls.length);
  },
  120_000,
);
