/** CloudWatch metrics in the namespace `EksRebind`, with the unit of each. Public: alarms and dashboards of others name them. */
export const METRICS = {
  /** Stale or missing entries seen: each is somebody's access that does not work. */
  AccessEntryValidationErrors: 'Count',
  Rebound: 'Count',
  Refused: 'Count',
  /** Questions that were opened and wait for a person. */
  Waiting: 'Count',
  /** How long the oldest question had waited for an answer when a sweep looked; 0 where none waits. */
  SecondsWaiting: 'Seconds',
  Orphaned: 'Count',
  /** Journals that stood open past a delete when a sweep looked. */
  OpenJournals: 'Count',
  /** From the principal's creation to its rebound entry. */
  SecondsToRebound: 'Seconds',
  /** From our delete to our create: nobody has access by the entry meanwhile. */
  SecondsWithoutAccess: 'Seconds',
  /** Denied calls of the heartbeat's that came back as an event: the way from IAM to the rule works. */
  HeartbeatsHeard: 'Count',
} as const;

/** The name of a metric. */
export type MetricName = keyof typeof METRICS;

/** The namespace of our metrics. */
export const METRIC_NAMESPACE = 'EksRebind';
