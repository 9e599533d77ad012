import * as v from 'valibot';
import type { Ports } from './ports.ts';
import { Cause, IsoTime, Principal, SCHEMA_VERSION } from './shapes.ts';
import type { EntryRef } from './shapes.ts';
import { withDeleter } from './principal-actors.ts';
import { updateRecord } from './update-record.ts';

/** Which principal was deleted, and when. */
export const NoteDeletionInput = v.object({
  schemaVersion: v.literal(SCHEMA_VERSION),
  principal: Principal,
  eventTime: IsoTime,
  /** The event, with who did it. */
  cause: v.optional(Cause),
});
export type NoteDeletionInput = v.InferOutput<typeof NoteDeletionInput>;

/** The entries known to name the deleted principal. */
export interface NoteDeletionOutput {
  readonly schemaVersion: 1;
  readonly entries: readonly EntryRef[];
  /** How long the principal may take to come back. */
  readonly graceSeconds: number;
}

/** Remembers that the principal was deleted. Its entries stay as they are, and what is known of them as well. */
export async function noteDeletion(
  { principal, eventTime, cause }: NoteDeletionInput,
  { ledger, settings }: Pick<Ports, 'ledger' | 'settings'>,
): Promise<NoteDeletionOutput> {
  const entries = (await ledger.ofPrincipal(principal)).map(({ entry }) => entry);
  for (const entry of entries) {
    await updateRecord<void>(entry, ledger, (stored) => {
      const record = withDeleter(stored, cause, eventTime);
      const { absentSince, ...known } = record;
      const { deletionNotedAt } = known;
      const isNews = !deletionNotedAt || Date.parse(deletionNotedAt) < Date.parse(eventTime);
      if (!isNews) return { ...(record !== stored && { record }), answer: undefined };
      // It was there when it was deleted: what was seen absent before that counts no more.
      const isAbsentSince = absentSince !== undefined && Date.parse(absentSince) >= Date.parse(eventTime);
      return {
        record: { ...known, ...(isAbsentSince && { absentSince }), deletionNotedAt: eventTime },
        answer: undefined,
      };
    });
  }
  return { schemaVersion: SCHEMA_VERSION, entries, graceSeconds: settings.graceSeconds };
}
