import { parsePrincipalArn, principalKey } from '../core/principal.ts';
import { isPastDelete } from '../core/ledger.ts';
import type { Ledger, Versioned, VersionedQuestion } from '../core/ledger.ts';
import type { EntryRef } from '../core/shapes.ts';

const keyOf = ({ accountId, region, clusterName, principalArn }: EntryRef) =>
  JSON.stringify([accountId, region, clusterName, principalArn]);

/** A ledger that lives as long as the process: for tests and for the local AWS. */
export function memoryLedger(): Ledger {
  const stored = new Map<string, Versioned>();
  const questions = new Map<string, VersionedQuestion>();
  const records = () => [...stored.values()].map(({ record }) => record);
  return {
    read: async (entry) => stored.get(keyOf(entry)),
    write: async (record, expected) => {
      const key = keyOf(record.entry);
      if ((stored.get(key)?.version ?? 0) !== expected) return 'conflict';
      stored.set(key, deepFreeze({ record: structuredClone(record), version: expected + 1 }));
      return 'written';
    },
    ofPrincipal: async (principal) => {
      const wanted = principalKey(principal);
      return records().filter(({ entry }) => {
        const named = parsePrincipalArn(entry.principalArn);
        return named !== undefined && principalKey(named) === wanted;
      });
    },
    ofCluster: async ({ accountId, region, clusterName }) =>
      records().filter(
        ({ entry }) => entry.accountId === accountId && entry.region === region && entry.clusterName === clusterName,
      ),
    withOpenJournal: async () => records().filter(({ journal }) => isPastDelete(journal)),
    readQuestion: async (id) => questions.get(id),
    writeQuestion: async (question, expected) => {
      if ((questions.get(question.id)?.version ?? 0) !== expected) return 'conflict';
      questions.set(question.id, deepFreeze({ question: structuredClone(question), version: expected + 1 }));
      return 'written';
    },
  };
}

/** What was stored may not be changed by whoever wrote it or reads it. */
function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
