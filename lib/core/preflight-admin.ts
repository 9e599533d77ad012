import { preflightBy } from './preflight.ts';
import type { PreflightPorts } from './preflight.ts';
import { StepInput } from './step-result.ts';
import type { StepResult } from './step-result.ts';

/** What PreflightAdmin is told. */
export const PreflightAdminInput = StepInput;

/** Preflight for an entry with a cluster-wide admin policy, by a function whose role may associate one. */
export function preflightAdmin(input: StepInput, ports: PreflightPorts): Promise<StepResult> {
  return preflightBy('admins', input, ports);
}
