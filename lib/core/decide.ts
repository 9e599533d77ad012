import { answeredQuestions } from './answered-questions.ts';
import type { AnsweredQuestion } from './answered-questions.ts';
import { guard } from './guard.ts';
import type { Journal, LedgerRecord } from './ledger.ts';
import { isNodeTemplate } from './node-trust.ts';
import type { Ports, PrincipalReading } from './ports.ts';
import { principalOf } from './principal-of.ts';
import { questionDigest } from './question-digest.ts';
import type { Decision, EntryRef, Snapshot } from './shapes.ts';
import { fingerprintTrust } from './trust-fingerprint.ts';

/** What is known where the guard is asked. */
export interface ToDecide {
  readonly entry: EntryRef;
  readonly record: LedgerRecord;
  readonly journal: Journal;
  readonly snapshot: Snapshot;
  readonly principal: PrincipalReading;
  readonly now: string;
  /** Why a delete that was begun must not simply be finished, in words. */
  readonly takeover?: string | undefined;
}

/** The guard's word, and a digest of exactly what it is about: what a person would approve. */
export interface Decided extends Decision {
  readonly digest: string;
  /** What became of the very same question, if it was asked before. */
  readonly asked?: AnsweredQuestion;
}

/** Gathers what the guard's decision stands on, as of now, and asks it. */
export async function decide(
  { entry, record, journal, snapshot, principal, now, takeover }: ToDecide,
  { settings, ledger, principals }: Pick<Ports, 'settings' | 'ledger' | 'principals'>,
): Promise<Decided> {
  const named = principalOf(entry);
  const { accountId, region, clusterName } = entry;
  const { trustPolicy } = principal;
  const trust = await fingerprintTrust(trustPolicy, principals);
  const records = await ledger.ofPrincipal(named);
  const questions = await answeredQuestions(records, entry, ledger);
  const digest = questionDigest({ snapshot, principal, trust, journal, takeover });
  const asked = questions.find((question) => question.isOfThisEntry && question.digest === digest);
  const answer = asked?.answer;
  const decision = guard({
    settings,
    now,
    entry,
    snapshot,
    principal,
    trust,
    isTemplate: isNodeTemplate(snapshot.type, trustPolicy, {
      partition: named.partition,
      accountId,
      region,
      clusterName,
    }),
    boundFingerprint: record.boundFingerprint,
    lastSeenAliveAt: record.lastSeenAliveAt,
    records,
    questions,
    // Taken back with the last approver: the functions that an approved administrator's entry needs went with them, too.
    approval: settings.approvers.length > 0 && answer?.verdict === 'approved' ? answer : undefined,
    cause: journal.cause,
    batchSize: journal.batchSize,
    rebounds: record.rebounds,
    takeover,
  });
  return { ...decision, digest, ...(asked && { asked }) };
}
