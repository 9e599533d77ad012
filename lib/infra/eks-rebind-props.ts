import type { Duration } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import type { Schedule } from 'aws-cdk-lib/aws-events';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';

/** What physical names begin with where nothing else is said. */
export const DEFAULT_NAME_PREFIX = 'eks-rebind-';

/** How an `EksRebind` is set. All of it is optional: the defaults rebind what is safe and touch nothing else. */
export interface EksRebindProps {
  /** Regions whose clusters are looked after. @default the stack's own region */
  readonly regions?: readonly string[];
  /** `rebind`: as the guard decides; `ask`: a person decides each time; `report`: nothing is ever written to EKS, nor could be. @default 'rebind' */
  readonly mode?: 'rebind' | 'ask' | 'report';
  /** Whether entries with cluster-wide admin policies may be rebound on the guard's evidence, or a person is asked each time. @default 'ask' */
  readonly adminEntries?: 'ask' | 'rebind';
  /** How old a recreated role must be before its entries are rebound. @default Duration.seconds(120) */
  readonly settleAge?: Duration;
  /** How many spaced reads in a row must show the new role. @default 4 */
  readonly settleReads?: number;
  /** When every entry is looked at. @default Schedule.rate(Duration.hours(6)) */
  readonly sweepSchedule?: Schedule;
  /** What becomes of an entry whose role was deleted and stays away. @default 'report' */
  readonly orphans?: 'report' | 'remove';
  /** How long a deleted role may take to come back before its entries count as orphaned; at most 30 days. @default Duration.days(1) */
  readonly grace?: Duration;
  /** How old a role must be before an entry is rebound whose owner may be about to make it anew itself; at most an hour. @default Duration.minutes(5) */
  readonly ownerGrace?: Duration;
  /** More entries than this for one cause are asked about. @default 50 */
  readonly cap?: number;
  /** More rebinds than this of one entry within 24 hours are asked about. @default 3 */
  readonly circuitBreaker?: number;
  /** A tag of this key on the entry or the role opts it out. @default 'eks-rebind:opt-out' */
  readonly optOutTag?: string;
  /** ARNs of roles and users that are never touched. @default none */
  readonly optOut?: readonly string[];
  /** ARNs that the creator of a role must be among, or a person is asked. @default any creator */
  readonly trustedCreators?: readonly string[];
  /** ARNs of roles and users that may answer questions. Without any, what would be asked ends as `NeedsApproval`. @default none */
  readonly approvers?: readonly string[];
  /** How long a question waits for an answer; at most 30 days. @default Duration.days(3) */
  readonly approvalTimeout?: Duration;
  /** Where questions, outcomes and failures are told. @default a topic of its own that takes TLS only, without subscribers */
  readonly notificationTopic?: ITopic;
  /** How long logs are kept. @default RetentionDays.ONE_YEAR */
  readonly logRetention?: RetentionDays;
  /** What alarms do beside changing colour. @default they tell the notification topic */
  readonly alarmActions?: readonly IAlarmAction[];
  /** Further accounts whose clusters are looked after; each needs an `EksRebindMember`. @default none */
  readonly memberAccounts?: readonly string[];
  /** The external id that member accounts' roles ask for. @default 'eks-rebind' */
  readonly externalId?: string;
  /** What the names of functions, state machines, rules and alarms begin with. @default 'eks-rebind-' */
  readonly namePrefix?: string;
}
