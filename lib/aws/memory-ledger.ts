import { parsePrincipalArn, principalKey } from '../core/principal.ts';
import { isPastDelete } from '../core/ledger.ts';
import type { Ledger, Versioned } from '../core/ledger.ts';
import type { EntryRef } from '../core/shapes.ts';

const keyOf = ({ accountId, region, clusterName, principalArn }: EntryRef) =>
  JSON.stringify([accountId, region, clusterName, principalArn]);

/** A ledger that lives as long as the process: for tests and for the local AWS. */
export function memoryLedger(): Ledger {
  const stored = new Map<string, Versioned>();
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
    withOpenJournal: async () => records().filter(({ journal }) => isPastDelete(journal)),
  };
}

/** What was stored may not be changed by whoever wrote it or reads it. */
function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
