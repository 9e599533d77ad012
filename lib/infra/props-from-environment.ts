import { Duration } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { settingsFrom } from '../core/settings.ts';
import type { EksRebindProps } from './eks-rebind-props.ts';
import type { EksRebindStackProps } from './eks-rebind-stack.ts';

/** The environment variable of each prop; durations are in seconds, lists separated by commas. */
const VARIABLES = {
  regions: 'EKS_REBIND_REGIONS',
  mode: 'EKS_REBIND_MODE',
  adminEntries: 'EKS_REBIND_ADMIN_ENTRIES',
  settleAge: 'EKS_REBIND_SETTLE_SECONDS',
  settleReads: 'EKS_REBIND_SETTLE_READS',
  sweepSchedule: 'EKS_REBIND_SWEEP_SCHEDULE',
  orphans: 'EKS_REBIND_ORPHANS',
  grace: 'EKS_REBIND_GRACE_SECONDS',
  ownerGrace: 'EKS_REBIND_OWNER_GRACE_SECONDS',
  cap: 'EKS_REBIND_CAP',
  circuitBreaker: 'EKS_REBIND_BREAKER',
  optOutTag: 'EKS_REBIND_OPT_OUT_TAG',
  optOut: 'EKS_REBIND_OPT_OUT',
  trustedCreators: 'EKS_REBIND_TRUSTED_CREATORS',
  approvers: 'EKS_REBIND_APPROVERS',
  approvalTimeout: 'EKS_REBIND_APPROVAL_SECONDS',
  notificationTopic: 'EKS_REBIND_NOTIFICATION_TOPIC',
  logRetention: 'EKS_REBIND_LOG_RETENTION_DAYS',
  alarmActions: 'EKS_REBIND_ALARM_ACTIONS',
  memberAccounts: 'EKS_REBIND_MEMBER_ACCOUNTS',
  externalId: 'EKS_REBIND_EXTERNAL_ID',
  namePrefix: 'EKS_REBIND_NAME_PREFIX',
} as const satisfies { readonly [Prop in keyof Required<EksRebindProps>]: string };

type Env = Readonly<Record<string, string | undefined>>;

/** Props as text alone can give them: the topic by its ARN. */
type PropsOfText = Omit<EksRebindStackProps, 'notificationTopic'>;

/** The construct's props by environment variables. What isn't set, or empty, is left to the construct's defaults. */
export function propsFromEnvironment(env: Env): PropsOfText {
  refuseUnknown(env);
  const text = (prop: keyof typeof VARIABLES) => env[VARIABLES[prop]] || undefined;
  // The region here stands for none given: the default is the stack's, which is not known yet.
  const settings = settingsFrom({ ...env, EKS_REBIND_REGIONS: text('regions') ?? 'us-east-1' });
  const [schedule, days, actions, topicArn] = [
    text('sweepSchedule'),
    text('logRetention'),
    text('alarmActions'),
    text('notificationTopic'),
  ];
  const props = {
    regions: settings.regions,
    mode: settings.mode,
    adminEntries: settings.adminEntries,
    settleAge: Duration.seconds(settings.settleSeconds),
    settleReads: settings.settleReads,
    sweepSchedule: schedule === undefined ? undefined : Schedule.expression(schedule),
    orphans: settings.orphans,
    grace: Duration.seconds(settings.graceSeconds),
    ownerGrace: Duration.seconds(settings.ownerGraceSeconds),
    cap: settings.cap,
    circuitBreaker: settings.breaker,
    optOutTag: settings.optOutTag,
    optOut: settings.optOut,
    trustedCreators: settings.trustedCreators,
    approvers: settings.approvers,
    approvalTimeout: Duration.seconds(settings.approvalSeconds),
    // `RetentionDays` is a number of days; `checkProps` says which there are.
    logRetention: days === undefined ? undefined : Number(days),
    alarmActions: actions?.split(',').map((arn) => alarmAction(arn.trim())),
    memberAccounts: settings.memberAccounts,
    externalId: settings.externalId,
    namePrefix: text('namePrefix'),
  } satisfies { readonly [Prop in Exclude<keyof EksRebindProps, 'notificationTopic'>]: unknown };
  const set = Object.entries(VARIABLES).flatMap(([prop, variable]) => (env[variable] ? [prop] : []));
  const given = Object.entries(props).filter(([prop]) => set.includes(prop));
  return { ...Object.fromEntries(given), ...(topicArn !== undefined && { notificationTopicArn: topicArn }) };
}

/** What an app's context may hold for a prop, by `-c` or in `cdk.json`. */
export type ContextValue = string | number | readonly string[] | undefined;

/** The environment, with what an app's context gives under a prop's name or a variable's: that comes first. */
export function withContext(env: Env, context: (key: string) => ContextValue): Env {
  const ofContext = Object.entries(VARIABLES).flatMap(([prop, variable]) => {
    // A list, a number or a text: as text, all of them are what a variable would hold.
    const value = [context(prop) ?? context(variable) ?? []].flat().join(',');
    return value ? [[variable, value]] : [];
  });
  return { ...env, ...Object.fromEntries(ofContext) };
}

// An ARN that is none would be found out by CloudWatch alone, in the middle of a deployment.
function alarmAction(alarmActionArn: string): IAlarmAction {
  if (/^arn:aws[a-z-]*:\w+:.+/.test(alarmActionArn)) return { bind: () => ({ alarmActionArn }) };
  throw new Error(
    `environment variable ${VARIABLES.alarmActions} has '${alarmActionArn}', wanted ARNs of topics, functions or other alarm actions`,
  );
}

function refuseUnknown(env: Env): void {
  const known: readonly string[] = Object.values(VARIABLES);
  const unknown = Object.keys(env).find((variable) => variable.startsWith('EKS_REBIND_') && !known.includes(variable));
  if (unknown === undefined) return;
  throw new Error(`environment variable ${unknown} is not known; wanted are ${known.join(', ')}`);
}
