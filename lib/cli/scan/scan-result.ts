import type { Verdict } from '../../core/shapes.ts';

/** One access entry as a scan judged it. Times are ISO 8601 in UTC. */
export interface ScannedEntry {
  readonly accountId: string;
  readonly region: string;
  readonly clusterName: string;
  readonly principalArn: string;
  /** `STANDARD`, `EC2_LINUX`, … */
  readonly type: string;
  readonly entryArn: string;
  readonly verdict: Verdict;
  /** Why, in words. */
  readonly explanation: string;
  readonly entryCreatedAt: string;
  /** When the principal was made; absent where there is none, or it could not be read. */
  readonly principalCreatedAt?: string;
  /** The principal's unique id (`AROA…`), as IAM has it now. */
  readonly principalId?: string;
  /** Since when nobody has had access by it: the principal's creation, for a stale entry. Seconds at the scan's time. */
  readonly outageSeconds?: number;
  /** Managed node groups of the cluster that use the role. */
  readonly nodeGroups: readonly string[];
  /** Policies with their scopes, as `AmazonEKSViewPolicy (cluster)`; read for stale and missing entries only. */
  readonly policies?: readonly string[];
}

/** What could not be judged, and why. A cluster, or a whole region. */
export interface NotEvaluated {
  readonly accountId: string;
  readonly region: string;
  readonly clusterName?: string;
  readonly principalArn?: string;
  /** An error's name with its message, or `ConfigMapMode` and the like. */
  readonly reason: string;
  /** Whether something is unknown that a scan should know; a cluster without access entries is not. */
  readonly isGap: boolean;
}

/** The one document that a scan writes, whatever the format. */
export interface ScanResult {
  readonly schemaVersion: 1;
  readonly scannedAt: string;
  readonly summary: {
    readonly accountId: string;
    readonly regions: readonly string[];
    readonly clusters: number;
    readonly entries: number;
    readonly verdicts: Readonly<Record<Verdict, number>>;
    readonly notEvaluated: number;
    /** The service's table whose records were used; absent where none could be read, so that nothing is `unproven`. */
    readonly ledger?: string;
    /** False where it was cut short or something is unknown. */
    readonly isComplete: boolean;
  };
  readonly entries: readonly ScannedEntry[];
  readonly notEvaluated: readonly NotEvaluated[];
}
