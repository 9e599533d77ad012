import { expect, test } from 'vitest';
import { longPause } from '../../../../lib/local/stepfunctions/long-pause.ts';
import { systemClock } from '../../../../lib/runtime.ts';

test('a long pause is made of pieces that a timer of the machine can hold', async () => {
  const pieces: number[] = [];
  const clock = { ...systemClock, pause: async (milliseconds: number) => void pieces.push(milliseconds) };
  await longPause(clock, 5_000_000_000);
  expect(Math.max(...pieces)).toBeLessThan(2 ** 31);
  expect(pieces.reduce((sum, piece) => sum + piece, 0)).toBe(5_000_000_000);
});
