import * as v from 'valibot';
import { absenceSeconds, noteAbsence, notePresence } from './absence.ts';
import type { Ports } from './ports.ts';
import { EntryRef, IsoTime, Principal, SCHEMA_VERSION } from './shapes.ts';

/** Which principal may have come back, the entries that name it, and how often in a row it was not there. */
export const CheckReturnInput = v.object({
  schemaVersion: v.literal(SCHEMA_VERSION),
  principal: Principal,
  entries: v.array(EntryRef),
  missingReads: v.pipe(v.number(), v.integer(), v.minValue(0)),
  now: IsoTime,
});
export type CheckReturnInput = v.InferOutput<typeof CheckReturnInput>;

/** Whether the principal is back. `waiting`: it wasn't there, and is to be read once more after `waitSeconds`. */
export interface CheckReturnOutput {
  readonly schemaVersion: 1;
  readonly status: 'returned' | 'waiting' | 'gone';
  readonly missingReads: number;
  readonly waitSeconds: number;
}

/** Reads the principal once after the grace period. Only two reads that are minutes apart tell that it is gone. */
export async function checkReturn(
  { principal, entries, missingReads, now }: CheckReturnInput,
  { principals, ledger, settings }: Pick<Ports, 'principals' | 'ledger' | 'settings'>,
): Promise<CheckReturnOutput> {
  const waitSeconds = absenceSeconds(settings.settleSeconds);
  if (await principals.read(principal)) {
    for (const entry of entries) await notePresence(entry, ledger);
    return { schemaVersion: SCHEMA_VERSION, status: 'returned', missingReads: 0, waitSeconds };
  }
  for (const entry of entries) await noteAbsence(entry, now, ledger);
  const status = missingReads === 0 ? 'waiting' : 'gone';
  return { schemaVersion: SCHEMA_VERSION, status, missingReads: missingReads + 1, waitSeconds };
}
