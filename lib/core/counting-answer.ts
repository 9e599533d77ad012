import type { Answer, LedgerRecord, Question } from './ledger.ts';
import { isSamePerson } from './same-person.ts';

/**
 * The answer that counts: the last one, but for approvals of whoever deleted or made the principal. AnswerApproval refuses
 * those, but an event that tells of the maker may come after the maker's answer.
 */
export function countingAnswer(
  { answers }: Pick<Question, 'answers'>,
  records: readonly Pick<LedgerRecord, 'actors'>[],
): Answer | undefined {
  const actors = records.flatMap(({ actors: known = [] }) => known);
  return answers.findLast(
    ({ verdict, by }) => verdict === 'denied' || !actors.some(({ actorArn }) => isSamePerson(actorArn, by)),
  );
}
