import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { STEPS } from '../../../handlers/shared/steps.ts';
import { addOperations, type OperationsProps } from '../../../lib/infra/operations.ts';
import type { Service } from '../../../lib/infra/service.ts';

/** The names of all steps, the heartbeat's among them. */
export const STEP_NAMES = [...new Set([...STEPS.map(({ name }) => name), 'SendHeartbeat', 'HearHeartbeat'])];

/** A service whose functions and state machines do nothing, in a stack of its own, and what operations make of it. */
export function operationsTemplate({
  steps = STEP_NAMES,
  region = 'us-east-1',
  namePrefix = 'eks-rebind-',
  ...props
}: Partial<OperationsProps> & { steps?: readonly string[]; region?: string; namePrefix?: string } = {}): Template {
  const stack = new Stack(new App(), 'Watched', { env: { account: '111122223333', region } });
  const functionOf = (name: string) =>
    new Function(stack, name, {
      functionName: `${namePrefix}${name}`,
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = () => {}'),
    });
  const machine = (id: string, name: string) =>
    new StateMachine(stack, id, {
      stateMachineName: `${namePrefix}${name}`,
      definitionBody: DefinitionBody.fromString('{}'),
    });
  const service: Service = {
    functions: new Map(steps.map((name) => [name, functionOf(name)])),
    stateMachines: {
      roleChanged: machine('RoleChanged', 'role-changed'),
      rebindEntry: machine('RebindEntry', 'rebind-entry'),
      sweep: machine('Sweep', 'sweep'),
    },
    ledger: new Table(stack, 'Ledger', { partitionKey: { name: 'pk', type: AttributeType.STRING } }),
    notifications: new Topic(stack, 'Notifications', { topicName: `${namePrefix}notifications` }),
    deadLetters: new Queue(stack, 'DeadLetters', { queueName: `${namePrefix}dead-letters` }),
    namePrefix,
  };
  addOperations(stack, service, { approvalTimeout: Duration.days(3), ...props });
  return Template.fromStack(stack);
}
