import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  paginateListExecutions,
  RedriveExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, localWorld, refusal, roleArn } from '../local-world.ts';
import { machine } from './machine-world.ts';

const ROLE = roleArn('workflows');
const definition = (state: object) => JSON.stringify(machine({ A: state }));
const PASS = definition({ Type: 'Pass', Output: { a: 1 }, End: true });
const WAIT = definition({ Type: 'Wait', Seconds: 60, End: true });
const arnOf = (name: string) => `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:${name}`;
const executionOf = (machineName: string, name: string) =>
  `arn:aws:states:us-east-1:${ACCOUNT}:execution:${machineName}:${name}`;

function sfnWorld() {
  const world = localWorld();
  const sfn = new SFNClient(world.config());
  const create = (name: string, text = PASS) =>
    sfn.send(new CreateStateMachineCommand({ name, definition: text, roleArn: ROLE }));
  const start = (machineName: string, name?: string, input?: string) =>
    sfn.send(new StartExecutionCommand({ stateMachineArn: arnOf(machineName), name, input }));
  return { ...world, sfn, create, start };
}

describe('a state machine', () => {
  test('is created and described', async () => {
    const { sfn, create } = sfnWorld();
    const created = await create('m');
    expect(created.stateMachineArn).toBe(arnOf('m'));
    expect(await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: arnOf('m') }))).toMatchObject({
      name: 'm',
      status: 'ACTIVE',
      type: 'STANDARD',
      definition: PASS,
      roleArn: ROLE,
      creationDate: created.creationDate,
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
    });
  });

  test('is created once by the same call, and refused for another definition', async () => {
    const { create, wait } = sfnWorld();
    const first = await create('m');
    await wait(1000);
    expect(await create('m')).toMatchObject({ creationDate: first.creationDate });
    expect(await refusal(create('m', WAIT))).toMatchObject({
      name: 'StateMachineAlreadyExists',
      message: `State Machine Already Exists: '${arnOf('m')}'`,
    });
  });

  test('is refused with a bad definition, role or option', async () => {
    const { sfn, create } = sfnWorld();
    expect(await refusal(create('m', '{}'))).toMatchObject({
      name: 'InvalidDefinition',
      message:
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /'",
    });
    const input = { name: 'm', definition: PASS, roleArn: ROLE };
    expect(await refusal(sfn.send(new CreateStateMachineCommand({ ...input, roleArn: 'me' })))).toMatchObject({
      name: 'InvalidArn',
      message: "Invalid Role Arn: 'me'",
    });
    expect(await refusal(sfn.send(new CreateStateMachineCommand({ ...input, publish: true })))).toMatchObject({
      name: 'ValidationException',
      message: "The local AWS does not emulate 'publish' of a state machine",
    });
  });

  test('gets a revision with each update that changes something', async () => {
    const { sfn, create } = sfnWorld();
    await create('m');
    const update = (others: object) =>
      sfn.send(new UpdateStateMachineCommand({ stateMachineArn: arnOf('m'), ...others }));
    const first = await update({ definition: WAIT });
    expect(first.revisionId).toBeDefined();
    expect((await update({ definition: WAIT })).revisionId).toBe(first.revisionId);
    expect((await update({ roleArn: roleArn('other') })).revisionId).not.toBe(first.revisionId);
    expect(await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: arnOf('m') }))).toMatchObject({
      definition: WAIT,
      roleArn: roleArn('other'),
    });
    expect(await refusal(update({}))).toMatchObject({ name: 'MissingRequiredParameter' });
  });

  test('keeps its old definition for an execution that runs', async () => {
    const { sfn, create, start } = sfnWorld();
    await create('m', WAIT);
    const { executionArn } = await start('m');
    await sfn.send(new UpdateStateMachineCommand({ stateMachineArn: arnOf('m'), definition: PASS }));
    expect(await sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn }))).toMatchObject({
      name: 'm',
      definition: WAIT,
      roleArn: ROLE,
    });
  });

  test('is gone once deleted, after its executions have ended', async () => {
    const { sfn, create, start, wait } = sfnWorld();
    await create('m', WAIT);
    await start('m');
    const stateMachineArn = arnOf('m');
    await sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));
    await sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));
    expect(await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({ status: 'DELETING' });
    expect(await refusal(start('m'))).toMatchObject({ name: 'StateMachineDeleting' });
    await wait(60_000);
    expect(await refusal(sfn.send(new DescribeStateMachineCommand({ stateMachineArn })))).toMatchObject({
      name: 'StateMachineDoesNotExist',
      message: `State Machine Does Not Exist: '${stateMachineArn}'`,
    });
  });

  test('is listed by pages, in its own region only', async () => {
    const { sfn, create, config } = sfnWorld();
    for (const name of ['a', 'b', 'c']) await create(name);
    const first = await sfn.send(new ListStateMachinesCommand({ maxResults: 2 }));
    const second = await sfn.send(new ListStateMachinesCommand({ maxResults: 2, nextToken: first.nextToken }));
    expect([first, second].map(({ stateMachines }) => stateMachines?.map(({ name }) => name))).toEqual([
      ['a', 'b'],
      ['c'],
    ]);
    expect(second.nextToken).toBeUndefined();
    const elsewhere = new SFNClient(config(undefined, 'eu-west-1'));
    expect((await elsewhere.send(new ListStateMachinesCommand())).stateMachines).toEqual([]);
  });

  test('is validated without being created', async () => {
    const { sfn } = sfnWorld();
    const validate = (text: string) => sfn.send(new ValidateStateMachineDefinitionCommand({ definition: text }));
    expect(await validate(PASS)).toMatchObject({ result: 'OK', diagnostics: [], truncated: false });
    expect(await validate('{}')).toMatchObject({
      result: 'FAIL',
      diagnostics: [
        {
          severity: 'ERROR',
          code: 'SCHEMA_VALIDATION_FAILED',
          message: 'These fields are required: [States, StartAt]',
          location: '/',
        },
      ],
    });
  });
});

describe('an execution', () => {
  test('is started, and described when it has ended', async () => {
    const { sfn, create, start, wait } = sfnWorld();
    await create('m');
    const { executionArn, startDate } = await start('m', 'one', '{"x":1}');
    expect(executionArn).toBe(executionOf('m', 'one'));
    await wait(0);
    const described = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(described).toMatchObject({
      executionArn,
      stateMachineArn: arnOf('m'),
      name: 'one',
      status: 'SUCCEEDED',
      startDate,
      stopDate: startDate,
      input: '{"x":1}',
      inputDetails: { included: true },
      output: '{"a":1}',
      outputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
    });
    expect(described).not.toHaveProperty('error');
  });

  test('of a name and input that run is answered again, any other is refused', async () => {
    const { create, start, wait } = sfnWorld();
    await create('m', WAIT);
    const first = await start('m', 'one', '{"x":1}');
    await wait(1000);
    expect(await start('m', 'one', '{"x":1}')).toMatchObject({
      executionArn: first.executionArn,
      startDate: first.startDate,
    });
    const exists = {
      name: 'ExecutionAlreadyExists',
      message: `Execution Already Exists: '${executionOf('m', 'one')}'`,
    };
    expect(await refusal(start('m', 'one', '{"x":2}'))).toMatchObject(exists);
    await wait(60_000);
    expect(await refusal(start('m', 'one', '{"x":1}'))).toMatchObject(exists);
    await wait(90 * 24 * 3_600_000);
    expect(await start('m', 'one', '{"x":1}')).toMatchObject({ executionArn: first.executionArn });
  });

  test.each([
    ["{'not': 'json'", "Unexpected character (''' (code 39)): was expecting double-quote to start field name"],
    ['', 'Invalid execution input.'],
  ])('with the input %j is refused', async (input, problem) => {
    const { create, start } = sfnWorld();
    await create('m');
    expect(await refusal(start('m', 'one', input))).toMatchObject({
      name: 'InvalidExecutionInput',
      message: `Invalid State Machine Execution Input: '${problem}'`,
    });
  });

  test('is stopped, and stays so', async () => {
    const { sfn, create, start, wait } = sfnWorld();
    await create('m', WAIT);
    const { executionArn } = await start('m');
    await wait(1000);
    const stop = () => sfn.send(new StopExecutionCommand({ executionArn, error: 'Manual', cause: 'probe' }));
    const first = await stop();
    await wait(120_000);
    expect((await stop()).stopDate).toEqual(first.stopDate);
    expect(await sfn.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'ABORTED',
      error: 'Manual',
      cause: 'probe',
      redriveStatus: 'REDRIVABLE',
    });
    const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events.at(-1)).toMatchObject({
      type: 'ExecutionAborted',
      previousEventId: 0,
      executionAbortedEventDetails: { error: 'Manual', cause: 'probe' },
    });
  });

  test('is redriven', async () => {
    const { sfn, create, start, wait } = sfnWorld();
    await create('m', WAIT);
    const { executionArn } = await start('m');
    await sfn.send(new StopExecutionCommand({ executionArn }));
    const { redriveDate } = await sfn.send(new RedriveExecutionCommand({ executionArn }));
    expect(redriveDate).toBeInstanceOf(Date);
    await wait(61_000);
    expect(await sfn.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'SUCCEEDED',
      redriveCount: 1,
      redriveDate,
    });
    expect(await refusal(sfn.send(new RedriveExecutionCommand({ executionArn })))).toMatchObject({
      name: 'ExecutionNotRedrivable',
    });
  });

  test('is listed with the latest first, by status and redrives, in pages', async () => {
    const { sfn, create, start, wait } = sfnWorld();
    const stateMachineArn = arnOf('m');
    await create('m', WAIT);
    for (const name of ['a', 'b', 'c']) {
      await start('m', name);
      await wait(1000);
    }
    await sfn.send(new StopExecutionCommand({ executionArn: executionOf('m', 'b') }));
    const list = async (filter: object) => {
      const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn, ...filter }));
      return executions.map(({ name }) => name);
    };
    expect(await list({})).toEqual(['c', 'b', 'a']);
    expect(await list({ statusFilter: 'ABORTED' })).toEqual(['b']);
    await sfn.send(new RedriveExecutionCommand({ executionArn: executionOf('m', 'b') }));
    expect(await list({ redriveFilter: 'REDRIVEN' })).toEqual(['b']);
    const pages: unknown[] = [];
    for await (const { executions } of paginateListExecutions({ client: sfn, pageSize: 2 }, { stateMachineArn })) {
      pages.push(executions?.map(({ name }) => name));
    }
    expect(pages).toEqual([['c', 'b'], ['a']]);
  });

  test('is listed with requests that AWS would take only', async () => {
    const { sfn, create } = sfnWorld();
    await create('m');
    const list = (others: object) =>
      refusal(sfn.send(new ListExecutionsCommand({ stateMachineArn: arnOf('m'), ...others })));
    expect(await list({ maxResults: 1001 })).toMatchObject({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
    });
    expect(await list({ nextToken: 'made up' })).toMatchObject({
      name: 'InvalidToken',
      message: "Invalid Token: 'Invalid token'",
    });
    expect(await list({ statusFilter: 'succeeded' })).toMatchObject({ name: 'ValidationException' });
  });

  test('shows its history forwards, backwards, in pages and without data', async () => {
    const { sfn, create, start, wait } = sfnWorld();
    await create('m');
    const { executionArn } = await start('m');
    await wait(0);
    const history = async (others: object) => sfn.send(new GetExecutionHistoryCommand({ executionArn, ...others }));
    const ids = async (others: object) => (await history(others)).events?.map(({ id }) => id);
    expect(await ids({})).toEqual([1, 2, 3, 4]);
    expect(await ids({ reverseOrder: true })).toEqual([4, 3, 2, 1]);
    const first = await history({ maxResults: 3 });
    expect(await ids({ maxResults: 3, nextToken: first.nextToken })).toEqual([4]);
    const [started] = (await history({ includeExecutionData: false })).events ?? [];
    expect(started?.executionStartedEventDetails).toEqual({ roleArn: ROLE });
  });

  test.each(['not-an-arn', 'arn:aws:states:us-east-1:111122223333:stateMachine:m', 'arn:aws:iam::111122223333:role/x'])(
    'is not to be found under %s',
    async (executionArn) => {
      const { sfn } = sfnWorld();
      expect(await refusal(sfn.send(new DescribeExecutionCommand({ executionArn })))).toMatchObject({
        name: 'InvalidArn',
      });
    },
  );

  test('that is not there does not exist, and neither does its task', async () => {
    const { sfn } = sfnWorld();
    const executionArn = executionOf('m', 'none');
    const calls = [
      sfn.send(new DescribeExecutionCommand({ executionArn })),
      sfn.send(new GetExecutionHistoryCommand({ executionArn })),
      sfn.send(new StopExecutionCommand({ executionArn })),
    ];
    for (const call of calls) {
      expect(await refusal(call)).toMatchObject({
        name: 'ExecutionDoesNotExist',
        message: `Execution Does Not Exist: '${executionArn}'`,
      });
    }
    const success = sfn.send(new SendTaskSuccessCommand({ taskToken: 'none', output: '1' }));
    expect(await refusal(success)).toMatchObject({ name: 'InvalidToken' });
  });
});
