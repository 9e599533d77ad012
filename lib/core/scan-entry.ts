import { absenceSeconds } from './absence.ts';
import { judgeEntry } from './entry-verdict.ts';
import type { LedgerRecord, PastDelete } from './ledger.ts';
import type { AccessEntry, PrincipalReading } from './ports.ts';
import type { EntryRef, Verdict } from './shapes.ts';
import { secondOf, secondsBetween } from './times.ts';
import { newRecord } from './update-record.ts';

/** A principal as a scan saw it; `unreadable` says why. */
export type ScannedPrincipal = PrincipalReading | 'absent' | { readonly unreadable: string };

/** All that a scan knows of an entry. */
export interface ScanFacts {
  readonly ref: EntryRef;
  readonly entry: AccessEntry;
  readonly principal: ScannedPrincipal;
  readonly authenticationMode: string;
  /** What the service remembers of it, if anything; `unread`: nobody could look. */
  readonly record: LedgerRecord | 'unread' | undefined;
  readonly settleSeconds: number;
  readonly now: string;
}

/** What a scan says of an entry. */
export interface ScanJudgement {
  readonly verdict: Verdict;
  readonly explanation: string;
  readonly principalCreatedAt?: string;
  readonly principalId?: string;
  /** Since when nobody has had access by it. */
  readonly outageSeconds?: number;
}

/** Judges an entry as the sweep does, and remembers nothing. Where a verdict can't be had without memory, that is said. */
export function scanEntry(facts: ScanFacts): ScanJudgement {
  const { ref, principal, now } = facts;
  const record = typeof facts.record === 'object' ? facts.record : newRecord(ref);
  const judgement = judgeEntry({ ...facts, principal: shownPrincipal(facts, record), record });
  const { verdict } = judgement;
  const explanation = [judgement.explanation, ...notesOn(facts, verdict)].join('; ');
  if (!isReading(principal)) return { verdict, explanation };
  const told = { verdict, explanation, ...livingOf(principal) };
  return verdict === 'stale' ? { ...told, outageSeconds: secondsSince(principal.createdAt, now) } : told;
}

/** What a scan says of an entry that the service deleted to make it again, and that isn't back. */
export function scanMissing({ deletingSince }: PastDelete, principal: ScannedPrincipal, now: string): ScanJudgement {
  const explanation = `the entry was deleted at ${deletingSince} to be made again, and is not back`;
  const living = isReading(principal) ? livingOf(principal) : undefined;
  // It was stale before it was deleted, unless the principal was made anew once more after that.
  const isStaleBefore = living !== undefined && Date.parse(living.principalCreatedAt) < Date.parse(deletingSince);
  const since = isStaleBefore ? living.principalCreatedAt : deletingSince;
  return { verdict: 'missing', explanation, ...living, outageSeconds: secondsSince(since, now) };
}

/** Two looks at an absent principal, minutes apart, make an orphan: the service may have had the first. */
function shownPrincipal({ principal, settleSeconds, now }: ScanFacts, { absentSince }: LedgerRecord) {
  if (isReading(principal)) return principal;
  if (principal !== 'absent') return 'unreadable';
  const isAbsentAgain = absentSince !== undefined && secondsBetween(absentSince, now) >= absenceSeconds(settleSeconds);
  return isAbsentAgain ? 'absentTwice' : 'absent';
}

/** What whoever reads the verdict has to know beside it. */
function notesOn({ entry, principal, record, ...facts }: ScanFacts, verdict: Verdict): string[] {
  if (principal === 'absent') {
    return verdict === 'unknown'
      ? ['one look does not tell a deletion from a delay of IAM: look again in some minutes']
      : [];
  }
  if (!isReading(principal)) return [principal.unreadable];
  const notes: string[] = [];
  if (principal.arn.startsWith('arn:') && principal.arn !== entry.principalArn) {
    notes.push(`its principal is now '${principal.arn}', which the entry does not name: no rebind can mend that`);
  }
  const isSoonAfter = secondOf(entry.createdAt) - secondOf(principal.createdAt) < facts.settleSeconds;
  if (verdict === 'healthy' && record === 'unread' && isSoonAfter) {
    notes.push(
      `it was made less than ${facts.settleSeconds} s after its principal, and whether there was an earlier one of this name is not known without the service's records`,
    );
  }
  if (verdict === 'stale' && facts.authenticationMode === 'API_AND_CONFIG_MAP') {
    notes.push('in this mode a row of aws-auth may still let the principal in');
  }
  return notes;
}

const isReading = (principal: ScannedPrincipal): principal is PrincipalReading =>
  typeof principal === 'object' && 'principalId' in principal;

const livingOf = ({ createdAt, principalId }: PrincipalReading) => ({ principalCreatedAt: createdAt, principalId });

/** Whole seconds, never below zero: IAM's clock and ours need not agree. */
const secondsSince = (time: string, now: string): number => Math.max(0, Math.floor(secondsBetween(time, now)));
