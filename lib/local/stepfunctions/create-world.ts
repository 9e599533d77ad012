import type { Clock, Random } from '../../runtime.ts';
import type { AuthorizeRole } from '../role-access.ts';
import { createJsonataFunctions } from './jsonata-functions.ts';
import { invokeLambda } from './lambda-invoke.ts';
import { startExecutionTask } from './start-execution-task.ts';
import { TaskTokens } from './task-tokens.ts';
import type { Integration, InvokeFunction, StatusChange, World } from './world.ts';

/** What the local Step Functions works with. */
export interface StepFunctionsOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly invokeFunction: InvokeFunction;
  /** Other services by `service:action` (`events:putEvents`); a Task that names any other is refused. @default none */
  readonly integrations?: Readonly<Record<string, Integration>>;
  /** Throws where a role may not do what its machine wants. @default every role may do everything */
  readonly authorize?: AuthorizeRole;
  /** Hears of each start and end of an execution. @default nobody does */
  readonly onStatusChange?: (change: StatusChange) => void;
}

/** A world without state machines. */
export function createWorld(options: StepFunctionsOptions): World {
  const { clock, random, invokeFunction, integrations = {}, onStatusChange = () => {}, authorize = () => {} } = options;
  const world: World = {
    clock,
    random,
    invokeFunction,
    authorize,
    handedIn: Object.keys(integrations),
    integrations: {
      'lambda:invoke': (call) => invokeLambda(call, world),
      'states:startExecution': (call) => startExecutionTask(call, world),
      ...integrations,
    },
    onStatusChange,
    functions: createJsonataFunctions(clock, random),
    machines: new Map(),
    executions: new Map(),
    tokens: new TaskTokens(clock, random),
  };
  return world;
}
