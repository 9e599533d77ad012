import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { serviceDeployment } from '../../lib/cli/stage/service-deployment.ts';
import { ACCOUNT, localWorld } from '../lib/local/local-world.ts';

const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:eks-rebind-notifications`;

/** What people are told of an execution of the service as it is synthesized. */
async function toldOf(machine: string, input: object) {
  const { aws, clock, config } = localWorld();
  const environment = { EKS_REBIND_REGIONS: 'us-east-1' };
  aws.deploy(serviceDeployment({ accountId: ACCOUNT, partition: 'aws', region: 'us-east-1', environment, ports: {} }));
  const stateMachineArn = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:eks-rebind-${machine}`;
  const start = new StartExecutionCommand({ stateMachineArn, name: 'one', input: JSON.stringify(input) });
  await clock.run(() => new SFNClient(config()).send(start));
  await clock.run(() => clock.pause(60 * 60_000));
  const { status } = [...aws.stepFunctions.world.executions.values()].find(({ name }) => name === 'one') ?? {};
  const messages = aws.sns.messages.flatMap(({ topicArn, message }) => (topicArn === TOPIC ? [message] : []));
  return { status, messages };
}

test('people are told of an execution that failed, with the command that redrives it', async () => {
  const { status, messages } = await toldOf('role-changed', { source: 'nobody' });
  expect(status).toBe('FAILED');
  expect(messages).toEqual([expect.stringContaining('eks-rebind: the execution one is FAILED.')]);
  const arn = `arn:aws:states:us-east-1:${ACCOUNT}:execution:eks-rebind-role-changed:one`;
  expect(messages[0]).toContain(`aws stepfunctions redrive-execution --region us-east-1 --execution-arn ${arn}`);
});

test('of one that ended as it should they are not', async () => {
  const { status, messages } = await toldOf('sweep', { schemaVersion: 1 });
  expect({ status, messages }).toEqual({ status: 'SUCCEEDED', messages: [] });
});
