import * as v from 'valibot';
import { handsFor } from './admin-entry.ts';
import { Cause, Incarnation, IsoTime, JournalKey, SCHEMA_VERSION } from './shapes.ts';
import type { Outcome, Snapshot } from './shapes.ts';

/** What every step of `rebind-entry` is told: which journal, for which incarnation, and the time. */
export const StepInput = v.object({
  schemaVersion: v.literal(SCHEMA_VERSION),
  journal: JournalKey,
  incarnation: Incarnation,
  cause: Cause,
  now: IsoTime,
});
export type StepInput = v.InferOutput<typeof StepInput>;

/** Where `rebind-entry` goes after a step: to the next one, back to InspectEntry at once or later, or to its end. */
export type StepResult =
  | { readonly schemaVersion: 1; readonly next: 'continue' | 'inspect-again' }
  // InspectEntry tells which pair of functions tries and gives the entry's policies.
  | { readonly schemaVersion: 1; readonly next: 'continue'; readonly admin: boolean }
  | { readonly schemaVersion: 1; readonly next: 'wait'; readonly waitSeconds: number }
  | { readonly schemaVersion: 1; readonly next: 'ask'; readonly approvalSeconds: number }
  | { readonly schemaVersion: 1; readonly next: 'end'; readonly outcome: Outcome };

/** On to the next step. */
export const goOn: StepResult = { schemaVersion: SCHEMA_VERSION, next: 'continue' };

/** On from InspectEntry: `admin` where what will be written back has a cluster-wide admin policy. */
export function goOnWith(snapshot: Snapshot): StepResult {
  return { schemaVersion: SCHEMA_VERSION, next: 'continue', admin: handsFor(snapshot) === 'admins' };
}

/** Back to InspectEntry: something changed. */
export const inspectAgain: StepResult = { schemaVersion: SCHEMA_VERSION, next: 'inspect-again' };

/** Back to InspectEntry after so many seconds, which doesn't count as a round: nothing changed. */
export function waitFor(waitSeconds: number): StepResult {
  return { schemaVersion: SCHEMA_VERSION, next: 'wait', waitSeconds };
}

/** On to the people who may approve, for as long as their answer is waited for. */
export function askFor(approvalSeconds: number): StepResult {
  return { schemaVersion: SCHEMA_VERSION, next: 'ask', approvalSeconds };
}

/** The end of the workflow with this outcome. */
export function endWith(outcome: Outcome): StepResult {
  return { schemaVersion: SCHEMA_VERSION, next: 'end', outcome };
}
