import type { Outcome } from './shapes.ts';

// Step Functions takes 262,144 bytes of input or output (quotas). An outcome travels beside a step's other words, and in an
// event, which may have as many: two fifths of that leave room for all of it.
const BYTES_AT_MOST = 100_000;

const KEPT_IN_LEDGER = { leftOut: 'too large to travel; the journal in the ledger has it' } as const;

/**
 * The outcome in a size that can travel. An entry with thousands of namespaces is rebound like any other, but what it was
 * before and after is then told by the ledger's journal only.
 */
export function boundedOutcome(outcome: Outcome): Outcome {
  if (isSmall(outcome)) return outcome;
  const { before, after, reasons } = outcome;
  const withoutStates: Outcome = {
    ...outcome,
    ...(before && { before: { ...KEPT_IN_LEDGER } }),
    ...(after && { after: { ...KEPT_IN_LEDGER } }),
  };
  if (isSmall(withoutStates)) return withoutStates;
  return { ...withoutStates, reasons: reasons.map((reason) => ({ ...reason, evidence: { ...KEPT_IN_LEDGER } })) };
}

const isSmall = (outcome: Outcome) => new TextEncoder().encode(JSON.stringify(outcome)).length <= BYTES_AT_MOST;
