import * as v from 'valibot';
import type { Ports } from './ports.ts';
import { IsoTime, Principal, Region, SCHEMA_VERSION } from './shapes.ts';
import type { FoundEntries } from './shapes.ts';

export const FindEntriesInput = v.object({
  schemaVersion: v.literal(SCHEMA_VERSION),
  region: Region,
  principal: Principal,
  now: IsoTime,
});
export type FindEntriesInput = v.InferOutput<typeof FindEntriesInput>;

export async function findEntries(
  _input: FindEntriesInput,
  _ports: Pick<Ports, 'clusters' | 'accessEntries' | 'ledger'>,
): Promise<FoundEntries> {
  throw new Error('to come');
}
