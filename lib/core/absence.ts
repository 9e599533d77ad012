import type { LedgerRecord } from './ledger.ts';
import type { Ports } from './ports.ts';
import type { EntryRef } from './shapes.ts';
import { updateRecord } from './update-record.ts';

// IAM answers NoSuchEntity for a moment where it is behind: two such answers count only when they are minutes apart.
const SECONDS_APART = 120;

/** A record of an entry whose principal IAM doesn't show. */
export type Absent = LedgerRecord & { readonly absentSince: string };

/** How long IAM must have shown no such principal before an entry counts as orphaned. */
export const absenceSeconds = (settleSeconds: number): number => Math.max(settleSeconds, SECONDS_APART);

/** Remembers that IAM shows no such principal, now or since an earlier read; answers the record as it is then. */
export function noteAbsence(entry: EntryRef, now: string, ledger: Ports['ledger']): Promise<Absent> {
  return updateRecord<Absent>(entry, ledger, (record) => {
    const { absentSince } = record;
    if (absentSince !== undefined) return { answer: { ...record, absentSince } };
    const noted = { ...record, absentSince: now };
    return { record: noted, answer: noted };
  });
}

/** Remembers that IAM shows the principal: an absence that is seen later is a new one. */
export function notePresence(entry: EntryRef, ledger: Ports['ledger']): Promise<LedgerRecord> {
  return updateRecord(entry, ledger, (known) => {
    const { absentSince, ...record } = known;
    return absentSince === undefined ? { answer: known } : { record, answer: record };
  });
}
