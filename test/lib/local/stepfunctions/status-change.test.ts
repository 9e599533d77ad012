import { expect, test } from 'vitest';
import { redriveExecution } from '../../../../lib/local/stepfunctions/redrive-execution.ts';
import { machineWorld, START } from './machine-world.ts';

test('each start, end and redrive is told in the detail of EventBridge’s event', async () => {
  const { run, changes, world, wait } = machineWorld();
  const { executionArn } = await run(
    { W: { Type: 'Wait', Seconds: 5, Next: 'F' }, F: { Type: 'Fail', Error: 'E' } },
    [1],
  );
  redriveExecution({ executionArn }, world);
  await wait(1);
  expect(changes.map(({ status }) => status)).toEqual(['RUNNING', 'FAILED', 'RUNNING', 'FAILED']);
  expect(changes[1]).toMatchObject({
    executionArn,
    name: executionArn.split(':').at(-1),
    startDate: START,
    stopDate: START + 5000,
    input: '[1]',
    inputDetails: { included: true },
    output: null,
    error: 'E',
    cause: null,
  });
});
