import { Duration } from 'aws-cdk-lib';
import { type EventPattern, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { Service } from './service.ts';
import { iamCalls } from './trigger.ts';

/** How often the heartbeat is sent: one denied call and two short invocations each time. */
export const HEARTBEAT_RATE: Duration = Duration.minutes(15);

/**
 * The event of the heartbeat's own denied call. Known by the role alone: in published records of denied calls `requestParameters` is
 * null, and with it the name that was to be deleted is gone. The error code both ways, since such records show it with and without
 * `Exception` (docs/verify-on-aws.md asks which it is).
 */
function heartbeatPattern(roleArn: string): EventPattern {
  return iamCalls({
    eventName: ['DeleteRole'],
    errorCode: ['AccessDenied', 'AccessDeniedException'],
    userIdentity: { sessionContext: { sessionIssuer: { arn: [roleArn] } } },
  });
}

/**
 * Proves every quarter of an hour that IAM's events reach this account's rules. No synthetic event can: EventBridge takes none from
 * anybody else whose source begins with `aws.` (`NotAuthorizedForSourceException`: EventBridge API reference, PutEventsResultEntry).
 * So a function that may not delete roles tries to.
 */
export function addHeartbeat(scope: Construct, { functions, namePrefix }: Service): { schedule: Rule; rule: Rule } {
  const send = functions.get('SendHeartbeat');
  const hear = functions.get('HearHeartbeat');
  if (!send?.role || !hear)
    throw new Error('the heartbeat needs the functions SendHeartbeat, with a role, and HearHeartbeat');
  const schedule = new Rule(scope, 'HeartbeatSchedule', {
    ruleName: `${namePrefix}heartbeat-schedule`,
    description: 'Sends the heartbeat: a call to IAM that is denied.',
    schedule: Schedule.rate(HEARTBEAT_RATE),
    // A late heartbeat is as good as none: the next one comes.
    targets: [new LambdaFunction(send, { maxEventAge: HEARTBEAT_RATE, retryAttempts: 2 })],
  });
  const rule = new Rule(scope, 'Heartbeat', {
    ruleName: `${namePrefix}heartbeat`,
    description: 'Hears the heartbeat: the denied call as an event of CloudTrail.',
    eventPattern: heartbeatPattern(send.role.roleArn),
    targets: [new LambdaFunction(hear, { maxEventAge: Duration.hours(1), retryAttempts: 2 })],
  });
  return { schedule, rule };
}
