import type { Json } from '../../lib/local/stepfunctions/json.ts';

/** What came back to a Task of another service, in the order of the history. */
export interface Outcome {
  readonly event: string;
  readonly response?: Json;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: Json;
}

/** How a function, or another service for a state, behaved when the case was recorded. */
export interface Behaviour {
  readonly behaviour: string;
  readonly value?: Json;
  readonly valueRepeat?: { readonly text: string; readonly times: number };
  readonly prefix?: string;
  readonly errorType?: string;
  readonly errorMessage?: string;
  readonly seconds?: number;
  readonly resource?: string;
  readonly outcomes?: readonly Outcome[];
  readonly heartbeats?: number;
}

interface CommonCase {
  readonly name: string;
  readonly recorded: string;
  readonly dialect: string;
}

/** An execution as AWS ran it. */
export interface ExecutionCase extends CommonCase {
  readonly definition: Json;
  readonly input: Json;
  readonly functions: Readonly<Record<string, Behaviour>>;
  readonly objects?: Json;
  readonly stop?: { readonly error?: string; readonly cause?: string };
  readonly events?: readonly RecordedEvent[];
  readonly describe?: Json;
  readonly status: string;
  readonly output?: Json;
  readonly error?: Json;
  readonly cause?: Json;
  readonly ignoredFields: readonly string[];
}

/** A history event without its time. */
export type RecordedEvent = { readonly type: string; readonly id: Json; readonly previousEventId: number } & Readonly<
  Record<string, Json>
>;

/** One call, and the calls before it. */
export interface ApiCall {
  readonly call: string;
  readonly request: Readonly<Record<string, Json>>;
}

/** One API call as AWS answered it. */
export interface ApiCase extends CommonCase, ApiCall {
  readonly setup: readonly ApiCall[];
  readonly response?: Json;
  readonly error?: { readonly code: string; readonly message?: string; readonly httpStatus?: number };
}

/** Any recorded case. */
export type RecordedCase = ExecutionCase | ApiCase;

/** Whether the case is an API call rather than an execution. */
export const isApiCase = (recorded: RecordedCase): recorded is ApiCase => 'call' in recorded;

/** What became of a case. */
export type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly differences: readonly string[] }
  | { readonly kind: 'left out'; readonly reason: string };
