import { because } from './end-rebind.ts';
import type { Journal, LedgerRecord } from './ledger.ts';
import { lostTagNotes } from './outcome-notes.ts';
import type { AccessEntry, PrincipalReading } from './ports.ts';
import type { Outcome, Reason, Snapshot } from './shapes.ts';
import type { Standing } from './standing-entry.ts';
import type { TrustFingerprint } from './trust-fingerprint.ts';
import { withKnownId } from './update-record.ts';

/** The good end, with what a person would compare, and what allowed it. */
export function reboundOutcome(
  { incarnation, allowedBy = [] }: Journal,
  was: Snapshot,
  { snapshot: is }: Standing,
  notes: readonly Reason[],
): Outcome {
  const explanation = `the entry is bound to the living principal, ${incarnation.principalId}, and has all that it had`;
  return {
    name: 'Rebound',
    reasons: [
      ...allowedBy,
      because('ReadsBackAsWritten', explanation, { ...incarnation }),
      ...lostTagNotes(was),
      ...notes,
    ],
    before: { ...was },
    after: { ...is },
  };
}

/** An entry that was seen to be bound to a principal. */
export interface SeenBound {
  readonly entry: AccessEntry;
  readonly principal: PrincipalReading;
  readonly trust: TrustFingerprint;
  readonly now: string;
}

/**
 * The record once its entry was seen bound to a living principal. A fingerprint that can't be read now leaves the one that
 * the same incarnation had; that of an earlier incarnation would not be its.
 */
export function rememberBound(record: LedgerRecord, { entry, principal, trust, now }: SeenBound): LedgerRecord {
  const { boundFingerprint, absentSince: _wasAbsent, actors, ...kept } = record;
  const { principalId, arn: principalArn, createdAt } = principal;
  const isSame = record.bound?.principalId === principalId;
  // Whoever ended the earlier incarnation and made this one may not answer for its other entries either.
  const since = isSame ? 0 : Date.parse(record.bound?.createdAt ?? '');
  const lately = actors?.filter(({ at }) => !(Date.parse(at) <= since));
  const earlier = isSame ? boundFingerprint : undefined;
  const fingerprint = 'fingerprint' in trust ? trust.fingerprint : earlier;
  return {
    ...kept,
    entryArn: entry.entryArn,
    createdAt: entry.createdAt,
    type: entry.type,
    bound: { principalArn, principalId, createdAt },
    ...(lately && { actors: lately }),
    ...(fingerprint !== undefined && { boundFingerprint: fingerprint }),
    lastSeenAliveAt: now,
    knownPrincipalIds: withKnownId(record.knownPrincipalIds, principalId),
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The same after our own rebind, which the circuit breaker counts for a day. */
export function rememberRebound(record: LedgerRecord, seen: SeenBound): LedgerRecord {
  const { rebounds = [] } = record;
  const lately = rebounds.filter((at) => Date.parse(seen.now) - Date.parse(at) < DAY_MS);
  return { ...rememberBound(record, seen), rebounds: [...lately, seen.now] };
}
