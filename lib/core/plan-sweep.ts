import * as v from 'valibot';
import type { Ports } from './ports.ts';
import { SCHEMA_VERSION } from './shapes.ts';

/** A sweep of everything needs nothing but its version. */
export const PlanSweepInput = v.object({ schemaVersion: v.literal(SCHEMA_VERSION) });
export type PlanSweepInput = v.InferOutput<typeof PlanSweepInput>;

/** Which regions to sweep. */
export interface PlanSweepOutput {
  readonly schemaVersion: 1;
  readonly regions: readonly string[];
}

/** Says which regions are to be swept: those that the service was deployed for. */
export async function planSweep(
  _input: PlanSweepInput,
  { settings }: Pick<Ports, 'settings'>,
): Promise<PlanSweepOutput> {
  return { schemaVersion: SCHEMA_VERSION, regions: settings.regions };
}
