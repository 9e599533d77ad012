import { isPastDelete } from './ledger.ts';
import type { LedgerRecord } from './ledger.ts';
import type { AccessEntry, PrincipalReading } from './ports.ts';
import { isServiceLinked } from './principal.ts';
import { judge } from './verdict.ts';
import type { Judgement, VerdictFacts } from './verdict.ts';

type Seen = Pick<VerdictFacts, 'authenticationMode' | 'settleSeconds' | 'principal'> & {
  readonly entry: AccessEntry;
  readonly record: LedgerRecord;
};

/**
 * Judges an entry that stands by what is seen and by what the ledger remembers. An entry that was made just after its
 * principal, but that the ledger knows to be made for, or bound to, an earlier one, is not merely unproven: it is stale.
 */
export function judgeEntry({ entry, principal, record, ...seen }: Seen): Judgement {
  const judgement = judge({
    ...seen,
    entry,
    principal,
    journalIsOpenPastDelete: false,
    anEarlierIncarnationIsKnown: typeof principal === 'object' && isEarlierKnown(record, entry, principal),
    serviceLinked: isServiceLinked(entry.principalArn),
  });
  if (judgement.verdict !== 'unproven' || typeof principal === 'string') return judgement;
  if (!isHeldForAnother(record, entry, principal)) return judgement;
  return {
    verdict: 'stale',
    explanation: `this entry was made for an earlier principal of this name: ${judgement.explanation}`,
  };
}

function isEarlierKnown(
  { knownPrincipalIds, bound, deletionNotedAt, entryArn }: LedgerRecord,
  entry: AccessEntry,
  { principalId }: PrincipalReading,
): boolean {
  // A forged or ancient event of a deletion must not make an entry doubtful that was seen bound to the living principal.
  const isSeenBound = bound?.principalId === principalId && entryArn === entry.entryArn;
  return (
    knownPrincipalIds.some((id) => id !== principalId) ||
    (bound !== undefined && bound.principalId !== principalId) ||
    (deletionNotedAt !== undefined && !isSeenBound)
  );
}

function isHeldForAnother(
  { journal, bound, entryArn }: LedgerRecord,
  entry: AccessEntry,
  { principalId }: PrincipalReading,
): boolean {
  const isBoundToAnother = entryArn === entry.entryArn && bound !== undefined && bound.principalId !== principalId;
  // While a journal is past its delete, what stands instead of the old entry was made by it.
  const isMadeForAnother =
    isPastDelete(journal) && journal.deletedFor !== principalId && journal.snapshot.entryArn !== entry.entryArn;
  return isBoundToAnother || isMadeForAnother;
}
