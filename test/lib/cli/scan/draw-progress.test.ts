import { expect, test } from 'vitest';
import { drawProgress } from '../../../../lib/cli/scan/draw-progress.ts';

/** What is drawn of progress that is told at these times. */
function drawnAt(times: readonly number[], isStderrTty = true) {
  const drawn: string[] = [];
  let now = 0;
  const draw = drawProgress({ isStderrTty, progress: (line) => void drawn.push(line) }, { now: () => now });
  for (const time of times) {
    now = time;
    draw({ clusters: { done: 14, total: 40 }, entries: 612, stale: 3, throttled: 0 });
  }
  return drawn;
}

test('it says how far it is, and how long the rest takes at this pace', () => {
  // 14 clusters in 3.2 s: 26 more in 5.9 s.
  expect(drawnAt([3_200])).toEqual(['clusters 14/40  entries 612  stale 3  throttled 0  eta 6s']);
});

test('it is drawn ten times a second at most', () => {
  expect(drawnAt([0, 50, 99, 100, 150, 201])).toHaveLength(3);
});

test('it is not drawn where nobody sees it', () => {
  expect(drawnAt([0, 1_000], false)).toEqual([]);
});
