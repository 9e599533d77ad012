import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { EventBus as ToEventBus } from 'aws-cdk-lib/aws-events-targets';
import {
  AccountPrincipal,
  type IRole,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { MEMBER_ROLE } from '../aws/accounts.ts';
import { checkMemberProps } from './check-member-props.ts';
import { deployedSteps } from './deployed-steps.ts';
import { DEFAULT_NAME_PREFIX } from './eks-rebind-props.ts';
import type { EksRebindMemberProps } from './eks-rebind-member-props.ts';
import { acknowledgeDeadLetters, acknowledgeWildcards } from './nag-acknowledgements.ts';
import { settingsOfProps } from './settings-of-props.ts';
import { memberStatementsFor } from './statements.ts';
import { ROLE_PATH } from './step-function.ts';
import { checkRegion, ROLE_CHANGED } from './trigger.ts';

/**
 * Lets an `EksRebind` in another account, the hub, look after this account's clusters and roles: IAM's events are forwarded
 * to the hub, and the hub's functions may become a role here. One in each member account, where IAM's events arise.
 */
export class EksRebindMember extends Construct {
  /** The role that the hub's functions become here. */
  readonly role: IRole;
  /** Where events land that could not be forwarded. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: EksRebindMemberProps) {
    super(scope, id);
    checkRegion(this);
    checkMemberProps(props, Stack.of(this).account);
    this.role = memberRole(this, props);
    this.deadLetters = forwarding(this, props);
    deadLettersAlarm(this, this.deadLetters, props);
  }
}

/** Trusts the hub's own roles alone, and them only with the external id. */
function memberRole(scope: Construct, props: EksRebindMemberProps): IRole {
  const { partition, account, region } = Stack.of(scope);
  const { hubAccountId, allowAdminEntries = false } = props;
  const { regions, mode, externalId } = settingsOfProps(props, region);
  const steps = deployedSteps({ mode, adminEntries: allowAdminEntries ? 'rebind' : 'ask', approvers: [] });
  const statements = memberStatementsFor(steps, {
    partition,
    accountId: account,
    region,
    regions,
    mode,
    // Whether the hub has approvers isn't known here.
    asksPeople: true,
    orphans: 'report',
    // Nothing of these is in a member account.
    ledgerTableArn: '',
    topicArn: '',
    rebindEntryName: '',
    memberAccounts: [],
    // An entry here may name a role of the hub or of a member that this one has never heard of.
    principalAccounts: ['*'],
  });
  const hub = new AccountPrincipal(hubAccountId).withConditions({
    StringEquals: { 'sts:ExternalId': externalId },
    ArnLike: { 'aws:PrincipalArn': `arn:${partition}:iam::${hubAccountId}:role${ROLE_PATH}*` },
  });
  const role = new Role(scope, 'MemberRole', {
    roleName: MEMBER_ROLE.split('/').at(-1) ?? MEMBER_ROLE,
    path: ROLE_PATH,
    assumedBy: hub,
    description: `What the eks-rebind of account ${hubAccountId} may do here`,
    inlinePolicies: { Member: new PolicyDocument({ statements }) },
  });
  acknowledgeWildcards(role, statements);
  return role.withoutPolicyUpdates();
}

/** An alarm of the member's own: the hub's see nothing of this account. */
function deadLettersAlarm(
  scope: Construct,
  deadLetters: Queue,
  { namePrefix = DEFAULT_NAME_PREFIX, alarmActions = [], hubAccountId }: EksRebindMemberProps,
): void {
  const alarm = new Alarm(scope, 'DeadLettersAlarm', {
    alarmName: `${namePrefix}member-DeadLetters`,
    alarmDescription:
      `Events of IAM could not be forwarded to the eks-rebind of account ${hubAccountId}: nobody looks at those principals ` +
      'until its next sweep. Runbook: docs/runbook.md#deadletters',
    metric: deadLetters.metricApproximateNumberOfMessagesVisible({
      statistic: Stats.MAXIMUM,
      period: Duration.minutes(5),
    }),
    threshold: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    // SQS records for six hours after a queue was last used: what lies in it then still lies there.
    treatMissingData: TreatMissingData.IGNORE,
  });
  alarm.addAlarmAction(...alarmActions);
}

/** Hands the events that the hub's own rule takes to the hub's default bus. */
function forwarding(scope: Construct, { hubAccountId, namePrefix = DEFAULT_NAME_PREFIX }: EksRebindMemberProps): Queue {
  const { partition, region } = Stack.of(scope);
  const busArn = `arn:${partition}:events:${region}:${hubAccountId}:event-bus/default`;
  const deadLetters = new Queue(scope, 'DeadLetters', {
    queueName: `${namePrefix}member-dead-letters`,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    // SQS's most, for a person to find out why.
    retentionPeriod: Duration.days(14),
  });
  acknowledgeDeadLetters(deadLetters);
  const put = new PolicyStatement({ sid: 'Forward', actions: ['events:PutEvents'], resources: [busArn] });
  const role = new Role(scope, 'ForwardRole', {
    assumedBy: new ServicePrincipal('events.amazonaws.com'),
    path: ROLE_PATH,
    description: `Forwards events of IAM to the eks-rebind of account ${hubAccountId}`,
    inlinePolicies: { Forward: new PolicyDocument({ statements: [put] }) },
  });
  // EventBridge's own retries: a day, 185 attempts. A bus as a target takes no others.
  const hub = new ToEventBus(EventBus.fromEventBusArn(scope, 'HubBus', busArn), {
    role: role.withoutPolicyUpdates(),
    deadLetterQueue: deadLetters,
  });
  new Rule(scope, 'ForwardRule', {
    ruleName: `${namePrefix}forward`,
    description: 'A role or user was made or deleted: the eks-rebind of another account looks at its access entries',
    eventPattern: ROLE_CHANGED,
    targets: [hub],
  });
  return deadLetters;
}
