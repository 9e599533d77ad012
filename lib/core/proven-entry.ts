import type { Ledger, LedgerRecord } from './ledger.ts';
import type { PrincipalReading } from './ports.ts';
import type { TrustFingerprint } from './trust-fingerprint.ts';
import { updateRecord } from './update-record.ts';

// AWS's own trust templates pass the guard where the earlier role was seen alive within 24 hours. Six leave room for three
// sweeps that fail, and make four writes a day for an entry that nothing happens to.
const SEEN_ALIVE_HOURS = 6;

/** What is seen of a proven entry's principal now. */
interface SeenAgain {
  readonly living: PrincipalReading;
  readonly trust: TrustFingerprint;
  readonly now: string;
}

/**
 * Whether the ledger proves that the entry is healthy, without a look at it: it was seen bound to the principal that lives
 * now. An entry's creation time only moves forward, so that this holds until the principal is made anew.
 */
export function isProvenHealthy(
  { entryArn, bound, journal }: LedgerRecord,
  { principalId }: PrincipalReading,
): boolean {
  const isInWork = journal !== undefined && journal.phase !== 'closed';
  return entryArn !== undefined && bound?.principalId === principalId && !isInWork;
}

/** Keeps what is remembered of a proven entry fresh; writes only where there is something to write. */
export async function keepFresh(
  record: LedgerRecord,
  seen: SeenAgain,
  ledger: Pick<Ledger, 'read' | 'write'>,
): Promise<void> {
  if (!refreshed(record, seen)) return;
  await updateRecord(record.entry, ledger, (current) => {
    const next = isProvenHealthy(current, seen.living) ? refreshed(current, seen) : undefined;
    return { ...(next && { record: next }), answer: undefined };
  });
}

/** The record as it should be; undefined where it is so already. */
function refreshed(record: LedgerRecord, { trust, now }: SeenAgain): LedgerRecord | undefined {
  const { absentSince, ...kept } = record;
  const hasNewTrust = 'fingerprint' in trust && trust.fingerprint !== record.boundFingerprint;
  const isSeenLately = Date.parse(now) - Date.parse(String(record.lastSeenAliveAt)) < SEEN_ALIVE_HOURS * 3_600_000;
  if (!hasNewTrust && isSeenLately && absentSince === undefined) return undefined;
  return { ...kept, ...(hasNewTrust && { boundFingerprint: trust.fingerprint }), lastSeenAliveAt: now };
}

/** Forgets the standing entry of a record whose entry is no longer listed, so that no cap counts it. */
export async function forgetEntry(seen: LedgerRecord, ledger: Pick<Ledger, 'read' | 'write'>): Promise<void> {
  await updateRecord(seen.entry, ledger, (record) => {
    const { entryArn, createdAt: _createdAt, ...kept } = record;
    return { ...(entryArn === seen.entryArn && isForgettable(record) && { record: kept }), answer: undefined };
  });
}

// A journal that is open, or that keeps the snapshot of an entry we removed, is all that is left of the entry.
/** Whether nothing of the entry is in our hands. */
export function isForgettable({ entryArn, journal }: LedgerRecord): boolean {
  return entryArn !== undefined && (!journal || (journal.phase === 'closed' && !journal.isRemoval));
}
