import type { RecordedCase, Verdict } from './case.ts';

/** What became of a case, by its name. */
export interface Result {
  readonly recorded: RecordedCase;
  readonly verdict: Verdict;
}

const count = (results: readonly Result[], kind: Verdict['kind']) =>
  results.filter(({ verdict }) => verdict.kind === kind).length;

/** One line for each case left out, the differences of each that failed, and the sum. */
export function report(results: readonly Result[]): string[] {
  const lines = results.flatMap(({ recorded: { name }, verdict }) => {
    if (verdict.kind === 'left out') return [`left out  ${name}: ${verdict.reason}`];
    if (verdict.kind === 'failed')
      return [`FAILED    ${name}`, ...verdict.differences.map((line) => `            ${line}`)];
    return [];
  });
  return [...lines, summary(results)];
}

/** `N passed, N failed, N left out`. */
export const summary = (results: readonly Result[]): string =>
  `${count(results, 'passed')} passed, ${count(results, 'failed')} failed, ${count(results, 'left out')} left out`;
