/** How an access entry stands: what a person could know from outside, and whether its principal gets in. */
export interface EntryStanding {
  readonly verdict: 'healthy' | 'stale' | 'orphaned' | 'missing';
  readonly authenticates: boolean;
}

/** An entry that was to be rebound. */
export interface ReboundEntry {
  readonly region: string;
  readonly clusterName: string;
  readonly principalArn: string;
  readonly type: string;
  /** Just after its role was made anew. */
  readonly before: EntryStanding;
  /** At the end of the story. */
  readonly after: EntryStanding;
  /** Type, username, groups, tags, policies and their scopes are what they were, and nothing came on top. */
  readonly configurationPreserved: boolean;
  /** Its latest `rebind-entry` execution. */
  readonly executionArn: string;
  readonly status: string;
  readonly redriven: boolean;
  /** Who approved, where the guard asked a person: the ARN that AWS vouched for. */
  readonly approvedBy?: string;
}

/** An entry that was to be left as it was. */
export interface UntouchedEntry {
  readonly region: string;
  readonly clusterName: string;
  readonly principalArn: string;
  /** Whether any call changed it since its role was last made anew. */
  readonly changed: boolean;
  /** The outcome's name and the rule (`NeedsApproval: AdminPolicy`), or `healthy` where no execution ran. */
  readonly reason: string;
}

/** A record of `--event` that drives nothing. */
export interface PassedOver {
  readonly eventName: string;
  readonly reason: string;
}

/** One line of the timeline. */
export interface TimelineLine {
  /** ISO 8601, UTC, on the story's own clock. */
  readonly at: string;
  readonly what: string;
}

/** What `eks-rebind demo --json` prints. Its fields are public: renaming one is a changelog line. */
export interface StoryDocument {
  readonly schemaVersion: 1;
  readonly seed: number;
  readonly entries: readonly ReboundEntry[];
  readonly untouched: readonly UntouchedEntry[];
  readonly passedOver: readonly PassedOver[];
  /** From a role's creation to the first 200 of each of its rebound entries; null where none was rebound. */
  readonly secondsFromRecreationToRebound: { readonly p50: number | null; readonly max: number | null };
  /** The service's own AWS calls by operation, not those of the story's people. */
  readonly apiCalls: Readonly<Record<string, number>>;
  readonly stateTransitions: number;
  readonly timeline: readonly TimelineLine[];
}

/** The middle value and the largest. Of an even number, the lower middle: a value that was measured. */
export function spread(seconds: readonly number[]): { p50: number | null; max: number | null } {
  const sorted = seconds.toSorted((one, other) => one - other);
  return { p50: sorted[Math.floor((sorted.length - 1) / 2)] ?? null, max: sorted.at(-1) ?? null };
}
