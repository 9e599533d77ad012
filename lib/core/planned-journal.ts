import { isPastDelete } from './ledger.ts';
import type { Journal } from './ledger.ts';
import type { PrincipalReading } from './ports.ts';

/** Where an attempt begins that is not a rebind of what stands: with what a person wants back, and how far that has come. */
export type Beginning = Pick<Journal, 'phase' | 'snapshot'> &
  Partial<Pick<Journal, 'replaces' | 'newEntryArn' | 'deletingSince' | 'deletedBy' | 'doubt'>>;

/** When a plan is made, of how many entries, and of what. */
interface Planning {
  readonly now: string;
  readonly batchSize?: number | undefined;
  readonly beginning?: Beginning | undefined;
}

/**
 * The journal as the attempt would have it, for the guard to judge. Nobody holds it yet, so that a delete of an earlier attempt
 * counts as another's.
 */
export function plannedJournal(
  journal: Journal | undefined,
  { arn: principalArn, principalId, createdAt }: PrincipalReading,
  { now, batchSize, beginning }: Planning,
): Journal {
  return {
    ...(beginning ?? (isPastDelete(journal) ? journal : { phase: 'planned' })),
    generation: (journal?.generation ?? 0) + 1,
    holder: 'a plan',
    incarnation: { principalArn, principalId, createdAt },
    attempt: 1,
    cause: { kind: 'person' },
    startedAt: now,
    ...(batchSize !== undefined && { batchSize }),
  };
}
