import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../lib/local/stepfunctions/json.ts';
import { stopExecution } from '../../../../lib/local/stepfunctions/stop-execution.ts';
import { machine, machineWorld } from './machine-world.ts';

const start = (pattern: string, StateMachineArn: string, others: object = {}, fields: object = {}) => ({
  Type: 'Task',
  Resource: `arn:aws:states:::states:startExecution${pattern}`,
  Arguments: { StateMachineArn, ...others },
  End: true,
  ...fields,
});

const waits = { W: { Type: 'Wait', Seconds: 60, Output: { got: '{% $states.input %}' }, End: true } };

describe('states:startExecution', () => {
  test('starts an execution and goes on', async () => {
    const { create, run, result, world } = machineWorld();
    const child = create(machine(waits));
    const { output, seconds } = await run({ S: start('', child, { Input: { a: 1 }, Name: 'one' }) });
    const executionArn = 'arn:aws:states:us-east-1:111122223333:execution:m1:one';
    expect(output).toMatchObject({ ExecutionArn: executionArn, SdkHttpMetadata: { HttpStatusCode: 200 } });
    expect(seconds).toBe(0);
    expect(result(executionArn).status).toBe('RUNNING');
    expect(world.executions.get(executionArn)?.input).toEqual({ a: 1 });
  });

  test.each([
    ['.sync', '{"got":{}}'],
    ['.sync:2', { got: {} }],
  ])('%s waits for its end', async (pattern, expected: Json) => {
    const { create, run } = machineWorld();
    const { output, seconds, types } = await run({ S: start(pattern, create(machine(waits))) });
    expect(output).toMatchObject({ Status: 'SUCCEEDED', Output: expected, OutputDetails: { Included: true } });
    expect(seconds).toBe(60);
    expect(types.slice(2, 6)).toEqual(['TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded']);
  });

  test('.sync fails as States.TaskFailed, with all about the child in the cause', async () => {
    const { create, run } = machineWorld();
    const child = create(machine({ F: { Type: 'Fail', Error: 'Bad', Cause: 'luck' } }));
    const { error, cause } = await run({ S: start('.sync:2', child) });
    expect(error).toBe('States.TaskFailed');
    expect(JSON.parse(cause ?? '')).toMatchObject({ Status: 'FAILED', Error: 'Bad', Cause: 'luck', Input: {} });
  });

  test('.sync stops its child when it is stopped, and when it times out', async () => {
    const world = machineWorld();
    const child = world.create(machine(waits));
    const parent = world.start(world.create(machine({ S: start('.sync', child, { Name: 'one' }) })));
    await world.wait(1);
    stopExecution({ executionArn: parent }, world.world);
    const one = child.replace(':stateMachine:', ':execution:');
    expect(world.result(`${one}:one`).status).toBe('ABORTED');
    await world.run({ S: start('.sync', child, { Name: 'two' }, { TimeoutSeconds: 5 }) });
    expect(world.result(`${one}:two`).status).toBe('ABORTED');
  });

  test('names what AWS refuses', async () => {
    const { create, run } = machineWorld();
    const arn = create(machine(waits));
    const missing = await run({ S: start('', `${arn}x`) });
    expect(missing.error).toBe('StepFunctions.StateMachineDoesNotExistException');
    expect(missing.cause).toMatch(
      new RegExp(`^State Machine Does Not Exist: '${arn}x' \\(Service: AWSStepFunctions; Status Code: 400; `),
    );
    await run({ S: start('', arn, { Name: 'one', Input: 1 }) });
    const taken = await run({ S: start('', arn, { Name: 'one', Input: 2 }) });
    expect(taken.error).toBe('StepFunctions.ExecutionAlreadyExistsException');
  });
});
