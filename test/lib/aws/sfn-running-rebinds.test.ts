import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { createClients } from '../../../lib/aws/clients.ts';
import { allowing } from '../local/allowing.ts';
import { ACCOUNT, adapterWorld, roleArn } from './adapter-world.ts';

const stateMachineArn = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:rebind-entry`;

/** A `rebind-entry` that waits as long as its input says, and somebody who may start it. */
function worldOfWaits() {
  const made = adapterWorld('runningRebinds');
  const states = { Wait: { Type: 'Wait', Seconds: '{% $states.input.seconds %}', End: true } };
  const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Wait', States: states });
  const where = { accountId: ACCOUNT, partition: 'aws', region: 'us-east-1' };
  made.aws.deploy({
    ...where,
    functions: {},
    stateMachines: { 'rebind-entry': { definition, statements: [] } },
    rules: {},
  });
  const { accessKeyId, secretAccessKey } = made.aws.credentials.issue({
    arn: roleArn('starter'),
    statements: allowing('states:StartExecution'),
  });
  const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: '' };
  const starter = createClients({ ...made.runtime, env: { ...made.runtime.env, ...keys } }).stepFunctions();
  const start = (name: string, seconds: number) =>
    made.run(() =>
      starter.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify({ seconds }) })),
    );
  return { ...made, start };
}

test('lists the executions that run, and none that has ended', async () => {
  const { port, run, clock, start } = worldOfWaits();
  await start('short', 60);
  await start('long', 600);
  await run(() => clock.pause(120_000));
  await expect(run(() => port.names())).resolves.toEqual(['long']);
});
