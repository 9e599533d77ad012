import { LedgerContended } from './errors.ts';
import type { Ledger, LedgerRecord } from './ledger.ts';
import { SCHEMA_VERSION } from './shapes.ts';
import type { EntryRef } from './shapes.ts';

// Writers of one record are an inventory, an event or two and one rebind; each of them writes a few times a minute at most.
const ATTEMPTS = 10;

/** What to write, if anything, and what to answer. */
export interface Change<Answer> {
  readonly record?: LedgerRecord;
  readonly answer: Answer;
}

/**
 * Changes a record by conditional writes: reads, changes, writes, and again when another writer came between. `change` must
 * bear to see its own work, since the answer to a write may be lost.
 */
export async function updateRecord<Answer>(
  entry: EntryRef,
  ledger: Pick<Ledger, 'read' | 'write'>,
  change: (record: LedgerRecord) => Change<Answer>,
): Promise<Answer> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const { record, version } = (await ledger.read(entry)) ?? { record: newRecord(entry), version: 0 };
    const changed = change(record);
    if (!changed.record) return changed.answer;
    if ((await ledger.write(changed.record, version)) === 'written') return changed.answer;
  }
  throw new LedgerContended(
    `the ledger record of '${entry.principalArn}' in cluster '${entry.clusterName}' (${entry.region}) was changed by others ` +
      `${ATTEMPTS} times in a row; try again`,
  );
}

/** What is known of an entry nobody has seen yet. */
export function newRecord(entry: EntryRef): LedgerRecord {
  return { schemaVersion: SCHEMA_VERSION, entry, knownPrincipalIds: [], asked: [] };
}

/** The ids with this one as the newest. */
export function withKnownId(ids: readonly string[], principalId: string): string[] {
  return [...ids.filter((id) => id !== principalId), principalId];
}
