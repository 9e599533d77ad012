import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { AwsFault, type Call } from '../../../../lib/local/call.ts';
import { createSeededRandom } from '../../../../lib/local/seeded-random.ts';
import type { StepFunctionsOptions } from '../../../../lib/local/stepfunctions/create-world.ts';
import { isString, type Json, type JsonObject } from '../../../../lib/local/stepfunctions/json.ts';
import { present } from '../../../../lib/local/stepfunctions/present.ts';
import { createStepFunctions, operations } from '../../../../lib/local/stepfunctions/service.ts';
import type { FunctionResult, Integration, StatusChange } from '../../../../lib/local/stepfunctions/world.ts';
import { createVirtualClock } from '../../../../lib/local/virtual-clock.ts';

const ACCOUNT = '111122223333';
export const START = Date.parse('2026-11-24T05:30:00Z');
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/workflows`;
export const functionArn = (name: string) => `arn:aws:lambda:us-east-1:${ACCOUNT}:function:${name}`;

const call: Call = {
  service: 'states',
  operation: '',
  requestId: '00000000-0000-4000-8000-000000000000',
  region: 'us-east-1',
  caller: {
    accessKeyId: 'key',
    accountId: ACCOUNT,
    partition: 'aws',
    arn: `arn:aws:iam::${ACCOUNT}:root`,
    principalId: ACCOUNT,
  },
  userAgent: '',
  now: START,
};

/** A function of a test: what it answers, or what it throws: an error's name is what Step Functions matches. */
export type TestFunction = (event: Json) => unknown;

async function runFunction(run: TestFunction, event: Json): Promise<FunctionResult> {
  try {
    return { payload: await run(event) };
  } catch (thrown) {
    if (thrown instanceof AwsFault || !(thrown instanceof Error)) throw thrown;
    const payload = { errorType: thrown.name, errorMessage: thrown.message, trace: [] };
    return { payload, error: { name: thrown.name, cause: JSON.stringify(payload) } };
  }
}

/** An error with a name. */
export const named = (name: string, message = 'on purpose') => Object.assign(new Error(message), { name });

/** A definition of the given states, starting with the first. */
export const machine = (states: Record<string, object>, others: object = {}): object => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(states)[0],
  States: states,
  ...others,
});

interface WorldOptions {
  readonly functions?: Record<string, TestFunction>;
  readonly integrations?: Record<string, Integration>;
  readonly onStatusChange?: StepFunctionsOptions['onStatusChange'];
  readonly seed?: number;
}

/** A local Step Functions with functions of the test, on a virtual clock. */
export function machineWorld({ functions = {}, integrations = {}, seed = 1, onStatusChange }: WorldOptions = {}) {
  const clock = createVirtualClock(START);
  const changes: StatusChange[] = [];
  const { world } = createStepFunctions({
    clock,
    random: createSeededRandom(seed),
    invokeFunction: (nameOrArn, event) => {
      const run = functions[nameOrArn.split(':').at(-1) ?? ''];
      if (!run) throw new AwsFault('ResourceNotFoundException', `Function not found: ${nameOrArn}`);
      return runFunction(run, event);
    },
    integrations,
    onStatusChange: (change) => {
      changes.push(change);
      onStatusChange?.(change);
    },
  });
  let machines = 0;

  function create(definition: object, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): string {
    machines++;
    const input = { name: `m${machines}`, definition: JSON.stringify(definition), roleArn: ROLE_ARN, type };
    return present(operations.CreateStateMachine(input, world, call).stateMachineArn);
  }
  function start(stateMachineArn: string, input: Json = {}, name?: string): string {
    const request = { stateMachineArn, input: JSON.stringify(input), ...(name === undefined ? {} : { name }) };
    return present(operations.StartExecution(request, world).executionArn);
  }
  const ended = (executionArn: string) => present(world.executions.get(executionArn)).attempt.ended;
  const history = (executionArn: string): readonly HistoryEvent[] =>
    present(operations.GetExecutionHistory({ executionArn, maxResults: 1000 }, world).events);
  function result(executionArn: string) {
    const { status, output, error, cause } = operations.DescribeExecution({ executionArn }, world);
    const parsed: Json | undefined = isString(output) ? JSON.parse(output) : undefined;
    return { status, output: parsed, error, cause };
  }

  return {
    clock,
    world,
    changes,
    call,
    create,
    start,
    ended,
    history,
    result,
    /** Runs a machine of these states to its end. */
    run: async (states: Record<string, object>, input: Json = {}, others: object = {}) => {
      const executionArn = start(create(machine(states, others)), input);
      await clock.run(() => ended(executionArn));
      const events = history(executionArn);
      const types = events.map(({ type }) => type);
      return { executionArn, events, types, ...result(executionArn), seconds: (clock.now() - START) / 1000 };
    },
    wait: (seconds: number) => clock.run(() => clock.pause(seconds * 1000)),
  };
}

/** The diagnostics of a definition, as text. */
export function refusals(definition: object | string, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): string[] {
  const text = isString(definition) ? definition : JSON.stringify(definition);
  const { world } = machineWorld({ integrations: { 'sns:publish': async () => ({ output: {} }) } });
  const { diagnostics = [] } = operations.ValidateStateMachineDefinition({ definition: text, type }, world);
  return diagnostics.map(({ code, message, location }) => `${code}: ${message} at ${location}`);
}

/** A Task that runs a function of the test. */
export const task = (name: string, others: object = { End: true }): JsonObject => ({
  Type: 'Task',
  Resource: functionArn(name),
  ...others,
});
