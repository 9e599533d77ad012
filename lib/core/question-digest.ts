import { createHash } from 'node:crypto';
import { isPastDelete } from './ledger.ts';
import type { Journal } from './ledger.ts';
import type { PrincipalReading } from './ports.ts';
import { canonicalJson } from './same-json.ts';
import type { Snapshot } from './shapes.ts';
import type { TrustFingerprint } from './trust-fingerprint.ts';

/** What a person is asked about. */
export interface Asked {
  readonly snapshot: Snapshot;
  readonly principal: Pick<PrincipalReading, 'principalId' | 'trustPolicy'>;
  readonly trust: TrustFingerprint;
  readonly journal: Journal;
}

/**
 * A digest of exactly what is asked: this entry as it is, for this incarnation with this trust. Whether the entry still
 * stands or is to be made again is part of it: whoever approved the one did not approve the other. Trust that has no
 * fingerprint counts by its text.
 */
export function questionDigest({ snapshot, principal, trust, journal }: Asked): string {
  const trusted = 'fingerprint' in trust ? trust.fingerprint : { text: principal.trustPolicy ?? 'none' };
  const isDeleted = isPastDelete(journal) ? journal.deletingSince : 'stands';
  const meaning = [snapshot, principal.principalId, trusted, isDeleted];
  return createHash('sha256').update(canonicalJson(meaning)).digest('hex');
}
