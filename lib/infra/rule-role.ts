import { type IRole, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { ROLE_PATH } from './step-function.ts';

/** The role that EventBridge starts a state machine as. */
export function ruleRole(scope: Construct, id: string, { stateMachineArn }: StateMachine): IRole {
  const start = new PolicyStatement({
    sid: 'Start',
    actions: ['states:StartExecution'],
    resources: [stateMachineArn],
  });
  const role = new Role(scope, id, {
    assumedBy: new ServicePrincipal('events.amazonaws.com'),
    path: ROLE_PATH,
    description: 'Starts executions of eks-rebind for EventBridge',
    inlinePolicies: { Start: new PolicyDocument({ statements: [start] }) },
  });
  // The target would add the same statement in a policy of its own.
  return role.withoutPolicyUpdates();
}
