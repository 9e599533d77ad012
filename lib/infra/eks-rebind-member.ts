import { Stack } from 'aws-cdk-lib';
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
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { MEMBER_ROLE } from '../aws/accounts.ts';
import { addAlarm } from './alarms.ts';
import { checkMemberProps } from './check-member-props.ts';
import { deadLetterQueue } from './dead-letter-queue.ts';
import { deadLettersAlarm } from './delivery-alarms.ts';
import { deployedSteps } from './deployed-steps.ts';
import { DEFAULT_NAME_PREFIX } from './eks-rebind-props.ts';
import type { EksRebindMemberProps } from './eks-rebind-member-props.ts';
import { acknowledgeWildcards } from './nag-acknowledgements.ts';
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
    const { hubAccountId, namePrefix = DEFAULT_NAME_PREFIX, alarmActions = [] } = props;
    this.deadLetters = forwarding(this, hubAccountId, namePrefix);
    // An alarm of the member's own: the hub's see nothing of this account.
    const meaning =
      `Events of IAM could not be forwarded to the eks-rebind of account ${hubAccountId}: nobody looks at those principals ` +
      'until its next sweep.';
    const named = { namePrefix: memberPrefix(namePrefix) };
    addAlarm(this, named, deadLettersAlarm(this.deadLetters, meaning), alarmActions);
  }
}

/** What the names of a member's queue and alarm begin with: they tell whose they are. */
const memberPrefix = (namePrefix: string) => `${namePrefix}member-`;

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

/** Hands the events that the hub's own rule takes to the hub's default bus. */
function forwarding(scope: Construct, hubAccountId: string, namePrefix: string): Queue {
  const { partition, region } = Stack.of(scope);
  const busArn = `arn:${partition}:events:${region}:${hubAccountId}:event-bus/default`;
  const deadLetters = deadLetterQueue(scope, memberPrefix(namePrefix));
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
