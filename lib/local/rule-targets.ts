import type { Target } from '@aws-sdk/client-eventbridge';
import type { Clock } from '../runtime.ts';
import { accessDenied } from './authorization.ts';
import { AwsFault } from './call.ts';
import type { Rule } from './events/bus-state.ts';
import { deadLetterAttributes } from './events/dead-letter.ts';
import { type BusTargets, isFunction, isTopic } from './events/deliver.ts';
import { busOf } from './events/forwarding.ts';
import type { LocalLambda } from './lambda/service.ts';
import type { Permissions, ServiceIdentity } from './policies/permissions.ts';
import { roleAccess } from './role-access.ts';
import type { LocalSns } from './sns/service.ts';
import type { LocalSqs } from './sqs/service.ts';
import type { LocalStepFunctions } from './stepfunctions/service.ts';

/** The neighbours that rules reach; each is looked up when it is needed, as it may be made later than the bus. */
export interface Neighbours {
  readonly clock: Clock;
  readonly permissions: Permissions;
  readonly lambda: () => LocalLambda;
  readonly stepFunctions: () => LocalStepFunctions;
  readonly sns: () => LocalSns;
  readonly sqs: () => LocalSqs;
}

const EVENTS = 'events.amazonaws.com';

/**
 * EventBridge, acting for a rule. To topics it doesn't say for which: its user guide has long said that conditions in their policies
 * are not supported, and whether they are today was not found. So a policy that counts on one lets nothing through here.
 */
const actingFor = (ruleArn: string, action: string): ServiceIdentity =>
  action === 'sns:Publish' ? { service: EVENTS } : { service: EVENTS, sourceArn: ruleArn };

/** What a rule may do by the target's own policy: functions and topics have no role (EventBridge user guide, eb-use-resource-based). */
const RESOURCE_ACTION = { function: 'lambda:InvokeFunction', topic: 'sns:Publish' } as const;

/** The targets of a bus's rules, each held to its policy or to the rule's role. */
export function ruleTargets({ clock, permissions, lambda, stepFunctions, sns, sqs }: Neighbours): BusTargets {
  const asRole = roleAccess(permissions, 'events');
  const isLetIn = (ruleArn: string, action: string, resource: string) =>
    permissions.decide(actingFor(ruleArn, action), { action, resource }) === 'allow';

  /** Becomes the target's role, which must let EventBridge do so if it is a deployed one. */
  function assume(rule: Rule, { RoleArn = '' }: Target): void {
    if (permissions.isDeployed(RoleArn) && !isLetIn(rule.arn, 'sts:AssumeRole', RoleArn)) {
      // The text is not known.
      throw new AwsFault(
        'FailedToAssumeRole',
        `Provided role '${RoleArn}' cannot be assumed by principal '${EVENTS}'.`,
      );
    }
  }

  return {
    authorizeForwarding: asRole,
    startExecution: async (arn, input) => stepFunctions().startExecution(arn, input),
    invokeFunction: (arn, input) => lambda().invoke(arn, JSON.parse(input)),
    publish(arn, message) {
      if (!sns().deliver(arn, message, clock.now())) throw new AwsFault('NotFoundException', 'Topic does not exist');
    },
    authorize(rule, target) {
      const { Arn: arn = '', RoleArn: roleArn = '' } = target;
      const kind = isFunction(arn) ? 'function' : isTopic(arn) ? 'topic' : undefined;
      if (!kind) {
        assume(rule, target);
        if (!busOf(arn)) asRole({ roleArn, action: 'states:StartExecution', resource: arn });
        return;
      }
      const action = RESOURCE_ACTION[kind];
      if (isLetIn(rule.arn, action, arn)) return;
      const service = kind === 'topic' ? 'sns' : 'lambda';
      throw accessDenied({ service, callerArn: EVENTS, action, resource: arn, decision: 'implicitDeny' });
    },
    toQueue(letter) {
      const { queueArn, ruleArn, event } = letter;
      // A queue that doesn't let the rule in loses the event (metric InvocationsFailedToBeSentToDLQ).
      if (queueArn === undefined || !isLetIn(ruleArn, 'sqs:SendMessage', queueArn)) return;
      sqs().deliver(queueArn, JSON.stringify(event), deadLetterAttributes(letter));
    },
  };
}
