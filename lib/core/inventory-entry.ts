import { judgeEntry } from './entry-verdict.ts';
import type { LedgerRecord } from './ledger.ts';
import { isOutOfReach } from './out-of-reach.ts';
import type { AccessEntry, Cluster, Ports, PrincipalReading } from './ports.ts';
import { parsePrincipalArn } from './principal.ts';
import { rememberBound } from './rebound.ts';
import type { EntryRef, Verdict } from './shapes.ts';
import { fingerprintTrust } from './trust-fingerprint.ts';
import type { TrustFingerprint } from './trust-fingerprint.ts';
import { updateRecord, withKnownId } from './update-record.ts';

/** One entry as the inventory sees it. */
interface Seen {
  readonly entry: AccessEntry;
  readonly authenticationMode: string;
  readonly principal: PrincipalReading | 'absent' | 'unreadable';
  readonly trust: TrustFingerprint;
  readonly settleSeconds: number;
  readonly now: string;
}

/** Judges an entry and remembers what it saw; undefined where the entry is gone since it was listed. */
export async function inspectForInventory(
  ref: EntryRef,
  { cluster, now }: { cluster: Cluster; now: string },
  { accessEntries, principals, ledger, settings }: Pick<Ports, 'accessEntries' | 'principals' | 'ledger' | 'settings'>,
): Promise<Verdict | undefined> {
  const entry = await accessEntries.describe(ref);
  if (!entry) return undefined;
  const principal = await readForInventory(ref, principals);
  const trust =
    typeof principal === 'object'
      ? await fingerprintTrust(principal.trustPolicy, principals)
      : { unreadable: 'the principal could not be read' };
  const { authenticationMode } = cluster;
  const { settleSeconds } = settings;
  const seen = { entry, authenticationMode, principal, trust, settleSeconds, now };
  return updateRecord<Verdict>(ref, ledger, (record) => remember(record, seen));
}

async function readForInventory(
  { principalArn }: EntryRef,
  principals: Ports['principals'],
): Promise<Seen['principal']> {
  const named = parsePrincipalArn(principalArn);
  if (!named) return 'unreadable';
  const { partition, accountId, kind, name } = named;
  try {
    return (await principals.read({ partition, accountId, kind, name })) ?? 'absent';
  } catch (error) {
    if (isOutOfReach(error)) return 'unreadable';
    throw error;
  }
}

/** What the record says once this was seen. What is older than what it says already is no news. */
function remember(record: LedgerRecord, seen: Seen): { record?: LedgerRecord; answer: Verdict } {
  const { entry, principal, now, settleSeconds } = seen;
  if (isLater(record.createdAt, entry.createdAt)) return { answer: 'unknown' };
  if (typeof principal === 'object' && isLater(record.bound?.createdAt, principal.createdAt))
    return { answer: 'unknown' };

  const { absentSince = now, ...known } = record;
  const isAbsentAgain = Date.parse(now) - Date.parse(absentSince) >= settleSeconds * 1000;
  const shown = principal === 'absent' && isAbsentAgain ? 'absentTwice' : principal;
  const { verdict } = judgeEntry({ ...seen, principal: shown, record });
  const { entryArn, createdAt, type } = entry;
  const met = { entryArn, createdAt, type };
  if (principal === 'absent') return { record: { ...known, ...met, absentSince }, answer: verdict };
  if (principal === 'unreadable') return { record: { ...record, ...met }, answer: verdict };
  if (verdict === 'healthy') {
    return { record: rememberBound(record, { entry, principal, trust: seen.trust, now }), answer: verdict };
  }
  const knownPrincipalIds = withKnownId(record.knownPrincipalIds, principal.principalId);
  return { record: { ...known, ...met, knownPrincipalIds }, answer: verdict };
}

const isLater = (one: string | undefined, other: string) => one !== undefined && Date.parse(one) > Date.parse(other);
