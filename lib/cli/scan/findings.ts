import type { Verdict } from '../../core/shapes.ts';
import type { Session } from '../session/session.ts';
import type { NotEvaluated, ScannedEntry, ScanResult } from './scan-result.ts';

/** How far a scan has come. */
export interface ScanProgress {
  readonly clusters: { readonly done: number; readonly total: number };
  readonly entries: number;
  readonly stale: number;
  /** Answers that said "slow down". */
  readonly throttled: number;
}

/** What a scan has found so far. */
export interface Findings {
  readonly entries: ScannedEntry[];
  readonly notEvaluated: NotEvaluated[];
  readonly clusters: { done: number; total: number };
  /** How many of the entries are stale. */
  stale: number;
  /** The table whose records were used. */
  ledger: string | undefined;
  /** What whoever reads the result should know beside it. */
  readonly notes: string[];
}

/** Nothing found yet. */
export const noFindings = (): Findings => ({
  entries: [],
  notEvaluated: [],
  clusters: { done: 0, total: 0 },
  stale: 0,
  ledger: undefined,
  notes: [],
});

/** How often there is each verdict. */
function countVerdicts(entries: readonly Pick<ScannedEntry, 'verdict'>[]): Record<Verdict, number> {
  const counts = { stale: 0, healthy: 0, unproven: 0, orphaned: 0, missing: 0, unknown: 0, notApplicable: 0 };
  for (const { verdict } of entries) counts[verdict] += 1;
  return counts;
}

/** The document of what was found, in an order that doesn't depend on which answer came first. */
export function resultOf(
  findings: Findings,
  { accountId, regions }: Session,
  { scannedAt, isWhole }: { readonly scannedAt: string; readonly isWhole: boolean },
): ScanResult {
  const { clusters, ledger } = findings;
  const entries = findings.entries.toSorted(byPlace);
  const notEvaluated = findings.notEvaluated.toSorted(byPlace);
  const verdicts = countVerdicts(entries);
  const isComplete = isWhole && verdicts.unknown === 0 && !notEvaluated.some(({ isGap }) => isGap);
  return {
    schemaVersion: 1,
    scannedAt,
    summary: {
      accountId,
      regions,
      clusters: clusters.done,
      entries: entries.length,
      verdicts,
      notEvaluated: notEvaluated.length,
      ...(ledger !== undefined && { ledger }),
      isComplete,
    },
    entries,
    notEvaluated,
  };
}

type Placed = Pick<NotEvaluated, 'region' | 'clusterName' | 'principalArn'>;

const keyOf = ({ region, clusterName = '', principalArn = '' }: Placed) =>
  [region, clusterName, principalArn].join(' ');

const byPlace = (one: Placed, other: Placed) => (keyOf(one) < keyOf(other) ? -1 : 1);
