import * as v from 'valibot';
import { Outcome } from './shapes.ts';
import { StepInput } from './step-result.ts';
import { tellOutcome } from './tell-outcome.ts';
import type { TellPorts } from './tell-outcome.ts';

/** What AnnounceOutcome is told: how the rebind ended. */
export const AnnounceOutcomeInput = v.object({ ...StepInput.entries, outcome: Outcome });
export type AnnounceOutcomeInput = v.InferOutput<typeof AnnounceOutcomeInput>;

/** Tells the world how the rebind ended, and hands the outcome on: it becomes the execution's output. */
export async function announceOutcome(
  { outcome, journal, incarnation, cause }: AnnounceOutcomeInput,
  ports: TellPorts,
): Promise<Outcome> {
  await tellOutcome({ outcome, entry: journal.entry, incarnation, executionArn: journal.holder, cause }, ports);
  return outcome;
}
