import type { Clock } from '../../runtime.ts';
import type { Io } from '../io.ts';
import { shownDuration } from '../output/shown-time.ts';
import type { ScanProgress } from './findings.ts';

// Ten a second is more than anybody reads.
const REDRAW_MS = 100;

/** Draws how far a scan has come, on a terminal, and not more often than anybody can read. */
export function drawProgress(io: Pick<Io, 'progress' | 'isStderrTty'>, clock: Pick<Clock, 'now'>) {
  const startedAt = clock.now();
  let drawnAt = -Infinity;
  return (progress: ScanProgress): void => {
    const now = clock.now();
    if (!io.isStderrTty || now - drawnAt < REDRAW_MS) return;
    drawnAt = now;
    io.progress(progressLine(progress, now - startedAt));
  };
}

/** `clusters 14/40  entries 612  stale 3  throttled 0  eta 6s`: what is left takes as long, per cluster, as what is done. */
function progressLine({ clusters, entries, stale, throttled }: ScanProgress, elapsedMs: number): string {
  const { done, total } = clusters;
  const eta = done === 0 ? '-' : shownDuration(Math.ceil(((elapsedMs / done) * (total - done)) / 1000));
  const counts = { clusters: `${done}/${total}`, entries, stale, throttled, eta };
  return Object.entries(counts)
    .map(([name, value]) => `${name} ${value}`)
    .join('  ');
}
