import { countingAnswer } from '../../core/counting-answer.ts';
import type { LedgerRecord, Question } from '../../core/ledger.ts';
import { coveredBy } from '../../core/open-question.ts';
import { policyText } from '../scan/entry-details.ts';

/** A question to people, with all that the one who answers has to know. The token that ends the wait is not in it. */
export interface ShownQuestion {
  readonly question: string;
  readonly principalArn: string;
  /** The new incarnation's. */
  readonly principalId: string;
  readonly principalCreatedAt: string;
  readonly askedAt: string;
  /** Until then executions wait; an answer later counts for the next attempt. */
  readonly expiresAt: string;
  /** The answer that counts, once there is one. */
  readonly answer?: string;
  readonly answeredBy?: string;
  /** What would be granted. */
  readonly entries: readonly ShownGrant[];
  /** The guard's reasons. */
  readonly why: readonly string[];
  /** Who deleted and created the principal, as events tell: none of them may answer. */
  readonly actors: readonly string[];
}

interface ShownGrant {
  readonly accountId: string;
  readonly region: string;
  readonly clusterName: string;
  readonly type: string;
  readonly username?: string;
  readonly kubernetesGroups: readonly string[];
  /** With their scopes. */
  readonly policies: readonly string[];
  /** The execution that waits. */
  readonly waiting?: string;
}

/** A question as it is shown, from all records of its principal. */
export function shownQuestion(question: Question, records: readonly LedgerRecord[]): ShownQuestion {
  const { id, incarnation, askedAt, expiresAt } = question;
  const covered = coveredBy(question, records);
  const answer = countingAnswer(question, records);
  return {
    question: id,
    principalArn: incarnation.principalArn,
    principalId: incarnation.principalId,
    principalCreatedAt: incarnation.createdAt,
    askedAt,
    expiresAt,
    ...(answer && { answer: answer.verdict, answeredBy: answer.by }),
    entries: covered.map(grantOf),
    why: [...new Set(covered.flatMap(({ asked }) => asked.at(-1)?.why ?? []))],
    actors: [
      ...new Set(
        records.flatMap(({ actors = [] }) => actors.map(({ did, actorArn, at }) => `${did} by ${actorArn} at ${at}`)),
      ),
    ],
  };
}

function grantOf({ entry, journal, waiting }: LedgerRecord): ShownGrant {
  const { accountId, region, clusterName } = entry;
  const { type = 'unknown', username, kubernetesGroups = [], policies = [] } = journal?.snapshot ?? {};
  return {
    accountId,
    region,
    clusterName,
    type,
    ...(username !== undefined && { username }),
    kubernetesGroups,
    policies: policies.map(policyText),
    ...(waiting && { waiting: waiting.executionArn }),
  };
}

/** The same in lines. */
export function questionLines(shown: ShownQuestion): string[] {
  const { entries, why, actors, answer, answeredBy } = shown;
  return [
    `question ${shown.question}, asked ${shown.askedAt}, open until ${shown.expiresAt}`,
    `${shown.principalArn} was made anew (${shown.principalId}, ${shown.principalCreatedAt}). It would be granted:`,
    ...entries.flatMap(grantLines),
    'Why people are asked:',
    ...why.map((one) => `  ${one}`),
    'Who deleted and created it, as far as events tell; they may not answer:',
    ...(actors.length > 0 ? actors : ['no event told']).map((one) => `  ${one}`),
    ...(answer === undefined ? [] : [`It is ${answer} already, by ${answeredBy}.`]),
  ];
}

function grantLines({ clusterName, region, accountId, type, username, kubernetesGroups, policies }: ShownGrant) {
  const groups = kubernetesGroups.length > 0 ? kubernetesGroups.join(', ') : 'none';
  return [
    `  cluster ${clusterName} in ${region} of account ${accountId}, type ${type}`,
    `    username ${username ?? "EKS's own for it"}; groups ${groups}; policies ${policies.join(', ') || 'none'}`,
  ];
}
