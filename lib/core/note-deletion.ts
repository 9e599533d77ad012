import * as v from 'valibot';
import type { Ports } from './ports.ts';
import { IsoTime, Principal, SCHEMA_VERSION } from './shapes.ts';
import type { EntryRef } from './shapes.ts';

export const NoteDeletionInput = v.object({
  schemaVersion: v.literal(SCHEMA_VERSION),
  principal: Principal,
  eventTime: IsoTime,
});
export type NoteDeletionInput = v.InferOutput<typeof NoteDeletionInput>;

/** The entries known to name the deleted principal. */
export interface NoteDeletionOutput {
  readonly schemaVersion: 1;
  readonly entries: readonly EntryRef[];
}

export async function noteDeletion(
  _input: NoteDeletionInput,
  _ports: Pick<Ports, 'ledger'>,
): Promise<NoteDeletionOutput> {
  throw new Error('to come');
}
