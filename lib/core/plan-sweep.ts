import * as v from 'valibot';
import { placesOf } from './places.ts';
import type { Ports } from './ports.ts';
import { SCHEMA_VERSION } from './shapes.ts';
import type { Place } from './shapes.ts';

/** A sweep of everything needs nothing but its version. */
export const PlanSweepInput = v.object({ schemaVersion: v.literal(SCHEMA_VERSION) });
export type PlanSweepInput = v.InferOutput<typeof PlanSweepInput>;

/** Which places to sweep. */
export interface PlanSweepOutput {
  readonly schemaVersion: 1;
  readonly places: readonly Place[];
}

/** Says what is to be swept: each region that the service was deployed for, of each account. */
export async function planSweep(
  _input: PlanSweepInput,
  ports: Pick<Ports, 'ownAccount' | 'settings'>,
): Promise<PlanSweepOutput> {
  return { schemaVersion: SCHEMA_VERSION, places: placesOf(ports) };
}
