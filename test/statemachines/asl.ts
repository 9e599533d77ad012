import { readdirSync, readFileSync } from 'node:fs';

/** A Retry or Catch entry of a state, as far as the tests look at it. */
interface ErrorMatcher {
  readonly ErrorEquals: readonly string[];
  readonly Next?: string;
  readonly MaxAttempts?: number;
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly Assign?: object;
  readonly Output?: unknown;
}

/** A state as it stands in the file. */
export interface AslState {
  readonly Type: string;
  readonly Comment?: string;
  readonly Output?: unknown;
  readonly Resource?: string;
  readonly Arguments?: unknown;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly TimeoutSeconds?: number;
  readonly HeartbeatSeconds?: number;
  readonly Assign?: Readonly<Record<string, unknown>>;
  readonly Choices?: readonly { readonly Condition: string; readonly Next: string; readonly Assign?: object }[];
  readonly Retry?: readonly ErrorMatcher[];
  readonly Catch?: readonly ErrorMatcher[];
  readonly ItemProcessor?: Scope;
}

/** A state machine, or the part of one that a Map runs. */
export interface Scope {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, AslState>>;
}

/** A state machine's file. */
export interface StateMachine extends Scope {
  readonly file: string;
  readonly text: string;
  readonly QueryLanguage: string;
  readonly TimeoutSeconds: number;
  readonly Comment: string;
}

const FOLDER = new URL('../../statemachines/', import.meta.url);

/** Every state machine of the project. */
export const stateMachines: readonly StateMachine[] = readdirSync(FOLDER).map((file) => {
  const text = readFileSync(new URL(file, FOLDER), 'utf8');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the validators in contract.test.ts hold the files to it
  return { file, text, ...(JSON.parse(text) as Omit<StateMachine, 'file' | 'text'>) };
});

/** The states of a scope and of all scopes within. */
export function allStates(scope: Scope): [name: string, state: AslState][] {
  return Object.entries(scope.States).flatMap(([name, state]) => [
    [name, state] as [string, AslState],
    ...(state.ItemProcessor ? allStates(state.ItemProcessor) : []),
  ]);
}

/** Every string in a part of a file that is a JSONata expression, without its `{% %}`. */
function expressionsIn(part: unknown): string[] {
  if (typeof part === 'string') return /^\{%[^]*%\}$/.test(part) ? [part.slice(2, -2).trim()] : [];
  if (typeof part !== 'object' || part === null) return [];
  return Object.values(part).flatMap(expressionsIn);
}

/** The expressions of one state, without those of the states within. */
export const expressionsOf = (state: AslState): string[] =>
  Object.entries(state).flatMap(([field, value]) => (field === 'ItemProcessor' ? [] : expressionsIn(value)));
