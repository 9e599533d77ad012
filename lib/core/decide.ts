import { guard } from './guard.ts';
import type { LedgerRecord } from './ledger.ts';
import { isNodeTemplate } from './node-trust.ts';
import type { Ports, PrincipalReading } from './ports.ts';
import { principalOf } from './principal-of.ts';
import type { Cause, Decision, EntryRef, Snapshot } from './shapes.ts';
import { fingerprintTrust } from './trust-fingerprint.ts';

/** What is known where the guard is asked. */
export interface Question {
  readonly entry: EntryRef;
  readonly record: LedgerRecord;
  readonly snapshot: Snapshot;
  readonly principal: PrincipalReading;
  readonly cause: Cause;
  readonly now: string;
  /** Why a delete that was begun must not simply be finished, in words. */
  readonly takeover?: string | undefined;
}

/** Gathers what the guard's decision stands on, as of now, and asks it. */
export async function decide(
  { entry, record, snapshot, principal, cause, now, takeover }: Question,
  { settings, ledger, principals }: Pick<Ports, 'settings' | 'ledger' | 'principals'>,
): Promise<Decision> {
  const named = principalOf(entry);
  const { accountId, region, clusterName } = entry;
  const { trustPolicy } = principal;
  return guard({
    settings,
    now,
    entry,
    snapshot,
    principal,
    trust: await fingerprintTrust(trustPolicy, principals),
    isTemplate: isNodeTemplate(snapshot.type, trustPolicy, {
      partition: named.partition,
      accountId,
      region,
      clusterName,
    }),
    boundFingerprint: record.boundFingerprint,
    lastSeenAliveAt: record.lastSeenAliveAt,
    records: await ledger.ofPrincipal(named),
    cause,
    takeover,
  });
}
