import * as v from 'valibot';
import type { Ports } from './ports.ts';
import { NotSearched, Principal, SCHEMA_VERSION } from './shapes.ts';
import type { FoundEntries } from './shapes.ts';

export const FindMissedEntriesInput = v.object({
  schemaVersion: v.literal(SCHEMA_VERSION),
  principal: Principal,
  missed: v.array(NotSearched),
});
export type FindMissedEntriesInput = v.InferOutput<typeof FindMissedEntriesInput>;

export async function findMissedEntries(
  _input: FindMissedEntriesInput,
  _ports: Pick<Ports, 'clusters' | 'accessEntries' | 'ledger'>,
): Promise<FoundEntries> {
  throw new Error('to come');
}
