import type { ComparisonOperator, IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';

/** One alarm, before it is made. */
export interface AlarmPlan {
  /** Its name without prefix and number, and the heading of its entry in docs/runbook.md. */
  readonly stem: string;
  /** Tells alarms of one stem apart. @default there is only one */
  readonly number?: number;
  /** What it means when it goes off, in a sentence or two for whoever is woken. */
  readonly meaning: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** @default at the threshold or above it */
  readonly comparison?: ComparisonOperator;
  /** How many periods in a row it must be so. @default 1 */
  readonly periods?: number;
  /** @default nothing recorded means that nothing happened: not breaching */
  readonly missing?: TreatMissingData;
}
