import { isApiCase, type RecordedCase, type Verdict } from './case.ts';
import { reasonToLeaveOut } from './leave-out.ts';
import type { Result } from './report.ts';
import { runApiCase } from './run-api-case.ts';
import { runExecutionCase } from './run-execution-case.ts';

async function judge(recorded: RecordedCase): Promise<Verdict> {
  const reason = reasonToLeaveOut(recorded);
  if (reason) return { kind: 'left out', reason };
  try {
    const differences = await (isApiCase(recorded) ? runApiCase(recorded) : runExecutionCase(recorded));
    return differences.length === 0 ? { kind: 'passed' } : { kind: 'failed', differences };
  } catch (thrown) {
    const what = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    return { kind: 'failed', differences: [`could not be run: ${what}`] };
  }
}

/** Runs recorded cases one after another. */
export async function runCases(cases: readonly RecordedCase[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const recorded of cases) results.push({ recorded, verdict: await judge(recorded) });
  return results;
}
