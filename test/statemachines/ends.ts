import type { Ran } from '../simulator/simulate.ts';

/** How executions ended, in the order of their start. */
export const ends = (ran: readonly Ran[]): string[] => ran.map(({ end }) => end);

/** The rules that an execution's outcome names. */
export function rulesOf(ran: Ran | undefined): unknown[] {
  const reasons = ran?.output['reasons'];
  return Array.isArray(reasons) ? reasons.map((reason: { rule?: unknown }) => reason.rule) : [];
}
