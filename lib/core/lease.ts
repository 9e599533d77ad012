import { LedgerContended } from './errors.ts';
import type { Journal, Ledger, LedgerRecord } from './ledger.ts';
import { isSameJson } from './same-json.ts';
import { endWith } from './step-result.ts';
import type { StepInput, StepResult } from './step-result.ts';
import type { JournalKey, Outcome } from './shapes.ts';
import { updateRecord } from './update-record.ts';

/** The right to write: the journal as it stands while this execution holds it. */
export interface Lease {
  readonly key: JournalKey;
  readonly record: LedgerRecord;
  readonly journal: Journal;
}

/**
 * Looks whether the execution still holds the entry's journal. Where it is closed already, the step's answer had been lost:
 * the stored outcome is the answer. A lease has no clock; only a later generation takes it away.
 */
export async function takeLease(
  { journal: key, incarnation }: StepInput,
  ledger: Pick<Ledger, 'read'>,
): Promise<Lease | StepResult> {
  const stored = await ledger.read(key.entry);
  const journal = stored?.record.journal;
  if (!stored || !holds(key, journal) || journal.incarnation.principalId !== incarnation.principalId) {
    return leaseLost(key, journal);
  }
  if (journal.outcome) return endWith(journal.outcome);
  return { key, record: stored.record, journal };
}

/**
 * Writes the journal if it still is as the lease saw it. Others may have changed the rest of the record: the inventory does.
 * A journal that moved on under the same holder means that this step runs twice at once, or wrote and never heard the answer:
 * the retry starts from what is written.
 */
export async function writeJournal(
  lease: Lease,
  ledger: Pick<Ledger, 'read' | 'write'>,
  journal: Journal,
  also: (record: LedgerRecord) => LedgerRecord = (record) => record,
): Promise<Lease | StepResult> {
  const { key } = lease;
  const written = await updateRecord<Lease | Journal | undefined>(key.entry, ledger, (current) => {
    if (!isSameJson(current.journal, lease.journal)) return { answer: current.journal };
    const record = { ...also(current), journal };
    return { record, answer: { key, record, journal } };
  });
  if (written && 'key' in written) return written;
  if (!holds(key, written)) return leaseLost(key, written);
  throw new LedgerContended(
    `the journal of '${key.entry.principalArn}' in cluster '${key.entry.clusterName}' moved on while this step was at it; try again`,
  );
}

/** Confirms the lease by a conditional write that changes nothing. */
export function keepLease(lease: Lease, ledger: Pick<Ledger, 'read' | 'write'>): Promise<Lease | StepResult> {
  return writeJournal(lease, ledger, lease.journal);
}

function holds(key: JournalKey, journal: Journal | undefined): journal is Journal {
  return journal?.generation === key.generation && journal.holder === key.holder;
}

function leaseLost(key: JournalKey, journal: Journal | undefined): StepResult {
  const outcome: Outcome = {
    name: 'Superseded',
    reasons: [
      {
        rule: 'LeaseLost',
        explanation:
          'another execution works on this entry now, or this one was never given the right to; nothing was written',
        evidence: {
          generation: key.generation,
          ...(journal && { currentGeneration: journal.generation, currentHolder: journal.holder }),
        },
      },
    ],
  };
  return endWith(outcome);
}
