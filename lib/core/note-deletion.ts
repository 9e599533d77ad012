import * as v from 'valibot';
import type { Ports } from './ports.ts';
import { IsoTime, Principal, SCHEMA_VERSION } from './shapes.ts';
import type { EntryRef } from './shapes.ts';
import { updateRecord } from './update-record.ts';

/** Which principal was deleted, and when. */
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

/** Remembers that the principal was deleted. Its entries stay as they are, and what is known of them as well. */
export async function noteDeletion(
  { principal, eventTime }: NoteDeletionInput,
  { ledger }: Pick<Ports, 'ledger'>,
): Promise<NoteDeletionOutput> {
  const entries = (await ledger.ofPrincipal(principal)).map(({ entry }) => entry);
  for (const entry of entries) {
    await updateRecord<void>(entry, ledger, (record) => {
      const { deletionNotedAt } = record;
      const isNews = !deletionNotedAt || Date.parse(deletionNotedAt) < Date.parse(eventTime);
      return isNews ? { record: { ...record, deletionNotedAt: eventTime }, answer: undefined } : { answer: undefined };
    });
  }
  return { schemaVersion: SCHEMA_VERSION, entries };
}
