import * as v from 'valibot';
import type { Ports } from './ports.ts';
import { Outcome } from './shapes.ts';
import { StepInput } from './step-result.ts';

/** What AnnounceOutcome is told: how the rebind ended. */
export const AnnounceOutcomeInput = v.object({ ...StepInput.entries, outcome: Outcome });
export type AnnounceOutcomeInput = v.InferOutput<typeof AnnounceOutcomeInput>;

/** Tells the world how the rebind ended, and hands the outcome on: it becomes the execution's output. */
export async function announceOutcome(
  { outcome, journal, incarnation, cause }: AnnounceOutcomeInput,
  { announcements }: Pick<Ports, 'announcements'>,
): Promise<Outcome> {
  await announcements.announce({ outcome, entry: journal.entry, incarnation, executionArn: journal.holder, cause });
  return outcome;
}
