import type { Json } from './json.ts';

/**
 * How far one scope (the execution, a branch, an iteration) has come: enough to take it up again at a redrive.
 * Done states need no record: what is left of them is the next state's input and the variables.
 */
export interface Journal {
  /** The state it is in; absent before the first. */
  state?: string;
  /** That state's input; at first the scope's. */
  input: Json;
  /** The variables assigned in this scope. */
  readonly variables: Record<string, Json>;
  /** When and under which event that state was entered. */
  entered?: { readonly eventId: number; readonly time: number };
  /** Set once the scope has ended well. */
  output?: { readonly value: Json };
  /** The branches or iterations of the Parallel or Map state it is in. */
  children?: Children;
}

/** What is under way inside of a Parallel or Map state. */
interface Children {
  readonly branches?: Journal[];
  readonly iterations?: Iterations;
}

/** One iteration of a Map: its item, and its journal once it has begun. */
export interface Iteration {
  readonly item: Json;
  journal?: Journal;
}

/** A Map's iterations, in the order of its items. */
export type Iterations = readonly Iteration[];

/** The journal of a scope that has not begun. */
export const newJournal = (input: Json): Journal => ({ input, variables: {} });

/** The scope goes on to its next state. */
export function moveOn(journal: Journal, next: string, input: Json): void {
  journal.state = next;
  journal.input = input;
  delete journal.entered;
  delete journal.children;
}

/** The scope has ended well: only its output is still of use. */
export function finish(journal: Journal, output: Json): void {
  journal.output = { value: output };
  delete journal.entered;
  delete journal.children;
}
