import { createHash } from 'node:crypto';
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
  readonly journal: Pick<Journal, 'deletingSince' | 'doubt'>;
  /** Why a delete that was begun must not simply be finished, in words. */
  readonly takeover?: string | undefined;
}

/**
 * A digest of exactly what is asked: this entry as it is, for this incarnation with this trust. Whether the entry still
 * stands, or is to be made again after a delete that perhaps was its owner's, is part of it: whoever approved the one did
 * not approve the other. A delete of the very rebind that was approved changes nothing. Trust that has no
 * fingerprint counts by its text.
 */
export function questionDigest({ snapshot, principal, trust, journal, takeover }: Asked): string {
  const trusted = 'fingerprint' in trust ? trust.fingerprint : { text: principal.trustPolicy ?? 'none' };
  const isDeleted = takeover === undefined ? 'stands' : [journal.deletingSince, journal.doubt ?? 'no doubt'];
  const meaning = [snapshot, principal.principalId, trusted, isDeleted];
  return createHash('sha256').update(canonicalJson(meaning)).digest('hex');
}
