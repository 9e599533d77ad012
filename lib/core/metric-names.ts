/** CloudWatch metrics in the namespace `EksRebind`, with the unit of each. Public: alarms and dashboards of others name them. */
export const METRICS = {
  /**
   * Stale or missing entries: each is somebody's access that does not work. Counted once for each look, so an entry counts in
   * every round of its rebind and in every sweep until it is back; a sweep that sees none records 0.
   */
  AccessEntryValidationErrors: 'Count',
  /** Ends of this name, once they were told. */
  Rebound: 'Count',
  Refused: 'Count',
  /** Questions that were opened and wait for a person. */
  Waiting: 'Count',
  /** How long the oldest question had waited for an answer when a sweep looked; 0 where none waits. */
  SecondsWaiting: 'Seconds',
  /** Entries whose principal is gone, as people were told: once for each absence, and once more when one is removed. */
  Orphaned: 'Count',
  /** Journals that stood open past a delete when a sweep looked, those of rebinds under way too; each region tells its own, 0 as well. */
  OpenJournals: 'Count',
  /** From the principal's creation to the check that its entry is whole again. */
  SecondsToRebound: 'Seconds',
  /**
   * From our delete to our create: nobody has access by the entry meanwhile, and by its policies for a moment longer. Recorded
   * once the entry is whole again: one that is not back is in `OpenJournals`.
   */
  SecondsWithoutAccess: 'Seconds',
  /** Denied calls of the heartbeat's that came back as an event: the way from IAM to the rule works. */
  HeartbeatsHeard: 'Count',
} as const;

/** The name of a metric. */
export type MetricName = keyof typeof METRICS;

/** The namespace of our metrics. */
export const METRIC_NAMESPACE = 'EksRebind';
