import type { StartExecutionInput, StartExecutionOutput } from '@aws-sdk/client-sfn';
import { AwsFault } from '../call.ts';
import { randomUuid } from '../seeded-random.ts';
import { executionArn, findMachine } from './arn.ts';
import { newAttempt, type Execution, type MachineRevision } from './execution.ts';
import { History, notTruncated } from './history.ts';
import { newJournal } from './journal.ts';
import { exceedsDataLimit, type Json } from './json.ts';
import { checkName } from './names.ts';
import { parseJson } from './parse-json.ts';
import { run } from './run-execution.ts';
import type { World } from './world.ts';

// A name is free again 90 days after its execution closed (client-sfn, StartExecution `name`).
const NAME_KEPT_MS = 90 * 24 * 3_600_000;

/** Reads an execution's input: any JSON text of up to 256 KiB. */
function readInput(text: string): Json {
  if (exceedsDataLimit(text)) {
    throw new AwsFault(
      'ValidationException',
      "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144",
    );
  }
  const parsed = parseJson(text);
  if ('value' in parsed) return parsed.value;
  // Recorded for an empty input and for a text that is not JSON (sfn_api/invalid_start_execution_input).
  const problem = text === '' ? 'Invalid execution input.' : parsed.problem;
  throw new AwsFault('InvalidExecutionInput', `Invalid State Machine Execution Input: '${problem}'`);
}

/** Makes an execution and lets it run. */
function beginExecution(
  world: World,
  machine: MachineRevision,
  start: { readonly arn: string; readonly name: string; readonly inputText: string; readonly input: Json },
): Execution {
  const history = new History(world.clock);
  const execution: Execution = {
    ...start,
    machine,
    startMs: world.clock.now(),
    history,
    journal: newJournal(start.input),
    status: 'RUNNING',
    redriveCount: 0,
    redriveTokens: new Map(),
    attempt: newAttempt(),
  };
  history.addEnd('ExecutionStarted', 0, {
    executionStartedEventDetails: { input: start.inputText, inputDetails: notTruncated, roleArn: machine.roleArn },
  });
  world.executions.set(execution.arn, execution);
  run(world, execution, 0);
  return execution;
}

/** Starts an execution; the same name with the same input answers the one that runs. */
export function startExecution(input: StartExecutionInput, world: World): StartExecutionOutput {
  const machine = findMachine(world, input.stateMachineArn);
  const inputText = input.input ?? '{}';
  const value = readInput(inputText);
  if (machine.status === 'DELETING') {
    throw new AwsFault('StateMachineDeleting', `State Machine is being deleted: '${machine.revision.arn}'`);
  }
  if (input.name !== undefined) checkName(input.name);
  const name = input.name ?? randomUuid(world.random);
  const arn = executionArn(machine.revision.arn, name);
  const known = world.executions.get(arn);
  if (known && known.status === 'RUNNING' && known.inputText === inputText) {
    return { executionArn: arn, startDate: new Date(known.startMs) };
  }
  if (known && world.clock.now() - (known.stopMs ?? Infinity) <= NAME_KEPT_MS) {
    throw new AwsFault('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  }
  if (known && known.status === 'RUNNING') {
    throw new AwsFault('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
  }
  const execution = beginExecution(world, machine.revision, { arn, name, inputText, input: value });
  return { executionArn: arn, startDate: new Date(execution.startMs) };
}
