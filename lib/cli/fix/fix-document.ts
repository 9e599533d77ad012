import { isWell } from '../../core/fix-end.ts';
import type { PlannedRebind } from '../../core/plan-fix.ts';
import type { EntryRef, Reason } from '../../core/shapes.ts';
import type { ExitCode } from '../io.ts';
import type { NotEvaluated } from '../scan/scan-result.ts';

/** How one entry of a plan ended. */
export interface EntryEnd {
  /** An outcome (`Rebound`), or `planned`, `refused`, `declined`, `changed`, `stopped`, `superseded`, `gone`, `failed`. */
  readonly end: string;
  readonly reasons?: readonly Reason[];
  readonly error?: string;
  readonly message?: string;
  readonly executionArn?: string;
  readonly console?: string;
}

/** What was planned for an entry, and how it ended. */
export interface Ended {
  readonly planned: PlannedRebind;
  readonly end: EntryEnd;
}

type FixedEntry = EntryRef &
  Omit<PlannedRebind, 'entry' | 'reasons'> & { readonly outcome: EntryEnd } & {
    readonly guard: readonly Reason[];
  };

/** The one document that fix and undo write. */
export interface FixDocument {
  readonly schemaVersion: 1;
  readonly summary: {
    readonly accountId: string;
    readonly lookedAt: number;
    /** How many would be made anew after a yes, and how many the guard refuses. */
    readonly planned: number;
    readonly refused: number;
    readonly rebound: number;
    readonly failed: number;
    /** The file that remembers it; absent where nothing was begun. */
    readonly ledger?: string;
  };
  readonly entries: readonly FixedEntry[];
  readonly notEvaluated: readonly NotEvaluated[];
}

/** What a run came to. */
export interface FixRun {
  readonly accountId: string;
  readonly lookedAt: number;
  readonly planned: readonly PlannedRebind[];
  readonly ends: ReadonlyMap<PlannedRebind, EntryEnd>;
  readonly notEvaluated: readonly NotEvaluated[];
  readonly ledger?: string | undefined;
}

/** The document of a run. */
export function documentOf({ accountId, lookedAt, planned, ends, notEvaluated, ledger }: FixRun): FixDocument {
  const entries = planned.map((one): FixedEntry => {
    const { entry, reasons, ...shown } = one;
    const outcome = ends.get(one) ?? { end: one.action === 'refuse' ? 'refused' : 'planned' };
    return { ...entry, ...shown, guard: reasons, outcome };
  });
  const refused = entries.filter(({ action }) => action === 'refuse').length;
  const count = (end: string) => entries.filter(({ outcome }) => outcome.end === end).length;
  return {
    schemaVersion: 1,
    summary: {
      accountId,
      lookedAt,
      planned: entries.length - refused,
      refused,
      rebound: count('Rebound'),
      failed: count('failed'),
      ...(ledger !== undefined && { ledger }),
    },
    entries,
    notEvaluated,
  };
}

const NEVER_BEGUN = ['planned', 'declined', 'refused'];

/** Whether something was begun that is not well yet. */
export const isUnfinished = ({ entries }: FixDocument): boolean =>
  entries.some(({ outcome: { end } }) => !NEVER_BEGUN.includes(end) && !isWell(end));

/** 1 where something failed, 2 where something is still as it was, 0 where all is well. */
export function exitCodeOf({ entries }: FixDocument): ExitCode {
  if (entries.some(({ outcome }) => outcome.end === 'failed')) return 1;
  return entries.every(({ outcome }) => isWell(outcome.end)) ? 0 : 2;
}
