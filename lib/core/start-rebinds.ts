import * as v from 'valibot';
import type { Ports } from './ports.ts';
import { Cause, EntryRef, Incarnation, IsoTime, SCHEMA_VERSION } from './shapes.ts';

export const StartRebindsInput = v.object({
  schemaVersion: v.literal(SCHEMA_VERSION),
  entries: v.array(EntryRef),
  incarnation: Incarnation,
  cause: Cause,
  /** The execution that starts them. */
  executionArn: v.string(),
  now: IsoTime,
});
export type StartRebindsInput = v.InferOutput<typeof StartRebindsInput>;

/** How the rebind of one entry stands after StartRebinds. */
export interface StartedRebind {
  readonly entry: EntryRef;
  readonly executionArn?: string;
  readonly status: 'started' | 'running' | 'done' | 'needsRedrive' | 'superseded' | 'gone';
  /** `done`: how it had ended. */
  readonly outcome?: string;
}
export interface StartRebindsOutput {
  readonly schemaVersion: 1;
  readonly rebinds: readonly StartedRebind[];
}

export async function startRebinds(
  _input: StartRebindsInput,
  _ports: Pick<Ports, 'ledger' | 'accessEntries' | 'rebinds'>,
): Promise<StartRebindsOutput> {
  throw new Error('to come');
}
