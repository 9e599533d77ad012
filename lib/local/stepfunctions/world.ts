import type { Clock, Random } from '../../runtime.ts';
import type { AuthorizeRole } from '../role-access.ts';
import type { Execution } from './execution.ts';
import type { Json, JsonObject } from './json.ts';
import type { StateMachine } from './state-machine.ts';
import type { TaskTokens } from './task-tokens.ts';

/** A Lambda invocation's end: what the function returned, and where it failed its error as Step Functions names it. */
export interface FunctionResult {
  readonly payload: unknown;
  readonly error?: { readonly name: string; readonly cause: string };
}

/** Runs a Lambda function, by name or ARN. An error of Lambda itself (throttling, no such function) is thrown as `AwsFault`. */
export type InvokeFunction = (functionNameOrArn: string, payload: Json) => Promise<FunctionResult>;

/** A call of another service, as an integration gets it. */
export interface IntegrationCall {
  /** `events:putEvents`; for an SDK integration `aws-sdk:eks:describeCluster`. */
  readonly name: string;
  readonly pattern: 'request-response' | 'sync' | 'sync:2' | 'waitForTaskToken';
  readonly arguments: Json;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  /** The machine's role, or the one that the state's `Credentials` names. */
  readonly roleArn: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly stateName: string;
  /** Asks to be told when nobody waits for the task any more: it timed out, or its execution was stopped or failed elsewhere. */
  readonly whenCalledOff: (act: () => void) => void;
  /** What SendTaskSuccess and its like take. */
  readonly taskToken?: string;
}

/** What an integration answers: the call's output, and for `.sync` what it ends with. */
export interface IntegrationAnswer {
  readonly output: Json;
  readonly completion?: Promise<Json>;
}

/** Calls one action of another service. Throws `IntegrationFailure` or an `AwsFault` where it fails. */
export type Integration = (call: IntegrationCall) => Promise<IntegrationAnswer>;

/** The detail of EventBridge's `Step Functions Execution Status Change`. */
export type StatusChange = JsonObject & {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly status: string;
};

/** All that the emulated Step Functions knows and works with. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly invokeFunction: InvokeFunction;
  /** Throws where a role may not do what its machine wants. */
  readonly authorize: AuthorizeRole;
  /** Our own and those handed in, by name: `events:putEvents`. */
  readonly integrations: Readonly<Record<string, Integration>>;
  /** Names of the integrations that were handed in. */
  readonly handedIn: readonly string[];
  readonly onStatusChange: (change: StatusChange) => void;
  readonly functions: Readonly<Record<string, unknown>>;
  readonly machines: Map<string, StateMachine>;
  readonly executions: Map<string, Execution>;
  readonly tokens: TaskTokens;
}
