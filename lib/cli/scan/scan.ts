import type { ScanOptions } from '../commands/scan-command.ts';
import { type ExitCode, SIGNAL_EXIT_CODES, type Terminal } from '../io.ts';
import { paintFor } from '../output/paint.ts';
import { renderScan } from '../output/render-scan.ts';
import { scanVerdict } from '../output/scan-verdict.ts';
import { openSession } from '../session/open-session.ts';
import { drawProgress } from './draw-progress.ts';
import { startScan } from './scan-all.ts';
import type { ScanResult } from './scan-result.ts';

/** Judges every chosen entry and writes the one document; told to stop, it writes what is known by then. */
export async function scan(options: ScanOptions, terminal: Terminal): Promise<ExitCode> {
  const { io, runtime } = terminal;
  const { cluster: clusters, role, principalArn: principal = role, ledger, concurrency, output } = options;
  // It waits for AWS most of the time, and may run in a small container of a pipeline.
  await terminal.spareMemory?.();
  const session = await openSession(options, terminal);
  const selection = { ...(clusters && { clusters }), ...(principal && { principal }), ...(ledger && { ledger }) };
  const stopped = terminal.untilSignal();
  let isStopped = false;
  const under = startScan(session, { ...selection, concurrency }, drawProgress(io, runtime.clock), () => isStopped);
  const signal = await Promise.race([under.done, stopped]);
  isStopped = signal !== undefined;

  io.progress('');
  const result = under.soFar();
  const { summary } = result;
  io.stdout(await renderScan(result, output, paintFor(io.isTty)));
  for (const note of under.notes()) io.stderr(note);
  if (signal !== undefined) io.error(`stopped: this is what was known after ${summary.clusters} clusters`);
  // The table ends with it; of the other forms stdout is data only.
  if (output !== 'table') io.stderr(scanVerdict(summary));
  if (signal !== undefined) return SIGNAL_EXIT_CODES[signal];
  const blind = whyBlind(result);
  if (blind === undefined) return exitCode(result, options);
  io.error(`error: nothing could be judged: ${blind}`);
  return 1;
}

/** The reason where there is nothing but gaps: that is no clean account. */
function whyBlind({ entries, notEvaluated }: ScanResult): string | undefined {
  if (entries.length > 0) return undefined;
  return notEvaluated.find(({ isGap }) => isGap)?.reason;
}

/** What was not looked at may be stale, too: 3 goes before 2. */
function exitCode({ summary }: ScanResult, { fail, strict }: Pick<ScanOptions, 'fail' | 'strict'>): ExitCode {
  if (strict && !summary.isComplete) return 3;
  return fail && summary.verdicts.stale + summary.verdicts.missing > 0 ? 2 : 0;
}
