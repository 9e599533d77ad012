import type { PrincipalReading } from './ports.ts';
import type { Verdict } from './shapes.ts';
import { secondOf } from './times.ts';

/** All that the verdict on an entry stands on. */
export interface VerdictFacts {
  readonly entry?: { readonly createdAt: string } | undefined;
  /** `absent`: NoSuchEntity once; `absentTwice`: twice, minutes apart. */
  readonly principal: PrincipalReading | 'absent' | 'absentTwice' | 'unreadable';
  readonly journalIsOpenPastDelete: boolean;
  readonly anEarlierIncarnationIsKnown: boolean;
  readonly settleSeconds: number;
  readonly authenticationMode: string;
  readonly serviceLinked: boolean;
}

/** How an entry stands to its principal, and why. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly explanation: string;
}

const MODES_WITH_ENTRIES = ['API', 'API_AND_CONFIG_MAP'];

const judgement = (verdict: Verdict, explanation: string): Judgement => ({ verdict, explanation });

/** Judges an entry by what can be seen. What can't be seen is never healthy. */
export function judge(facts: VerdictFacts): Judgement {
  const { entry, principal, authenticationMode } = facts;
  if (facts.serviceLinked) return judgement('notApplicable', 'EKS itself keeps the entries of service-linked roles');
  if (authenticationMode === 'CONFIG_MAP') {
    return judgement('notApplicable', 'the cluster has no access entries: its authentication mode is CONFIG_MAP');
  }
  if (!MODES_WITH_ENTRIES.includes(authenticationMode)) {
    return judgement('unknown', `the cluster's authentication mode '${authenticationMode}' is not known`);
  }
  if (!entry) {
    return facts.journalIsOpenPastDelete
      ? judgement('missing', 'the entry was deleted to be made again, and is not back')
      : judgement('notApplicable', 'there is no such entry');
  }
  if (principal === 'unreadable') return judgement('unknown', 'the principal could not be read');
  if (principal === 'absent') return judgement('unknown', 'IAM shows no such principal, so far once');
  if (principal === 'absentTwice') return judgement('orphaned', 'IAM shows no such principal, twice, minutes apart');
  return judgeByAge(entry.createdAt, principal, facts);
}

function judgeByAge(entryCreatedAt: string, principal: PrincipalReading, facts: VerdictFacts): Judgement {
  if (!principal.arn.startsWith('arn:')) return judgement('unknown', 'IAM does not show the ARN of the principal yet');
  // What is later than the second can't be told from what is earlier.
  const entryAge = secondOf(entryCreatedAt) - secondOf(principal.createdAt);
  const dates = `the entry was made at ${entryCreatedAt}, its principal at ${principal.createdAt}`;
  if (Number.isNaN(entryAge)) return judgement('unknown', `a date could not be read: ${dates}`);
  if (entryAge < 0) return judgement('stale', `the principal is newer than its entry: ${dates}`);
  if (entryAge < facts.settleSeconds && facts.anEarlierIncarnationIsKnown) {
    return judgement('unproven', `the entry may hold the id of an earlier principal of this name: ${dates}`);
  }
  return judgement('healthy', `the entry is not older than its principal: ${dates}`);
}
