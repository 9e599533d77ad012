import type { Json } from './json.ts';

/** A value that may hold `{% … %}` strings anywhere in it. */
export type Template = Json;

/** One entry of a state's `Retry`. */
export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxAttempts?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

/** One entry of a state's `Catch`. */
interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Output?: Template;
  readonly Assign?: Record<string, Template>;
}

interface CommonState {
  readonly Comment?: string;
  readonly QueryLanguage?: 'JSONata';
  readonly Next?: string;
  readonly End?: boolean;
  readonly Output?: Template;
  readonly Assign?: Record<string, Template>;
}

interface Recoverable {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

/** Passes its input on, or works out an output. */
export interface PassState extends CommonState {
  readonly Type: 'Pass';
}

/** Ends its scope well. */
export interface SucceedState extends CommonState {
  readonly Type: 'Succeed';
}

/** Ends its scope with an error. */
export interface FailState extends CommonState {
  readonly Type: 'Fail';
  readonly Error?: string;
  readonly Cause?: string;
}

/** Waits for a while or until a moment. */
export interface WaitState extends CommonState {
  readonly Type: 'Wait';
  readonly Seconds?: number | string;
  readonly Timestamp?: string;
}

/** One rule of a Choice. */
interface ChoiceRule {
  readonly Condition: string | boolean;
  readonly Next: string;
  readonly Output?: Template;
  readonly Assign?: Record<string, Template>;
}

/** Goes where the first rule that holds says. */
export interface ChoiceState extends CommonState {
  readonly Type: 'Choice';
  readonly Choices: readonly ChoiceRule[];
  readonly Default?: string;
}

/** Calls a Lambda function or another service. */
export interface TaskState extends CommonState, Recoverable {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Arguments?: Template;
  readonly Credentials?: { readonly RoleArn: string };
  readonly TimeoutSeconds?: number | string;
  readonly HeartbeatSeconds?: number | string;
}

/** States with a beginning: a state machine, a branch, the processor of a Map. */
export interface StateGraph {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** Runs branches side by side. */
export interface ParallelState extends CommonState, Recoverable {
  readonly Type: 'Parallel';
  readonly Arguments?: Template;
  readonly Branches: readonly StateGraph[];
}

/** Runs a processor for each item. */
export interface MapState extends CommonState, Recoverable {
  readonly Type: 'Map';
  readonly Items?: Template;
  readonly ItemSelector?: Template;
  readonly MaxConcurrency?: number | string;
  readonly ToleratedFailureCount?: number | string;
  readonly ToleratedFailurePercentage?: number | string;
  readonly ItemProcessor: StateGraph & { readonly ProcessorConfig?: { readonly Mode?: 'INLINE' } };
}

/** Any state of the dialect. */
export type State =
  | PassState
  | SucceedState
  | FailState
  | WaitState
  | ChoiceState
  | TaskState
  | ParallelState
  | MapState;

/** The states that may retry and catch. */
export type RecoverableState = TaskState | ParallelState | MapState;

/** A definition that has been checked: JSONata only, and nothing in it that is not emulated. */
export interface Definition extends StateGraph {
  readonly Comment?: string;
  readonly QueryLanguage: 'JSONata';
  readonly TimeoutSeconds?: number;
  readonly Version?: string;
}
