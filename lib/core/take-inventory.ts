import * as v from 'valibot';
import type { Ports } from './ports.ts';
import { IsoTime, Region, SCHEMA_VERSION } from './shapes.ts';
import type { NotSearched, Verdict } from './shapes.ts';

export const TakeInventoryInput = v.object({ schemaVersion: v.literal(SCHEMA_VERSION), region: Region, now: IsoTime });
export type TakeInventoryInput = v.InferOutput<typeof TakeInventoryInput>;

/** How many entries of the region have which verdict, and where nobody could look. */
export interface TakeInventoryOutput {
  readonly schemaVersion: 1;
  readonly region: string;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly notSearched: readonly NotSearched[];
}

export async function takeInventory(
  _input: TakeInventoryInput,
  _ports: Pick<Ports, 'clusters' | 'accessEntries' | 'principals' | 'ledger' | 'settings'>,
): Promise<TakeInventoryOutput> {
  throw new Error('to come');
}
