import type { Answer, AskedQuestion, Ledger, LedgerRecord } from './ledger.ts';
import { isSameJson } from './same-json.ts';
import type { EntryRef } from './shapes.ts';

/** What was asked about one of a principal's entries, with the answer that counts. */
export interface AnsweredQuestion extends AskedQuestion {
  /** Whether it was asked about the very entry that is decided on. */
  readonly isOfThisEntry: boolean;
  /** Absent while nobody has answered. */
  readonly answer?: Answer;
}

/** Every question that was ever asked about the principal's entries. The answers are in the questions that people were sent. */
export async function answeredQuestions(
  records: readonly LedgerRecord[],
  entry: EntryRef,
  ledger: Pick<Ledger, 'readQuestion'>,
): Promise<AnsweredQuestion[]> {
  const answers = new Map<string, Answer | undefined>();
  const found: AnsweredQuestion[] = [];
  for (const record of records) {
    const isOfThisEntry = isSameJson(record.entry, entry);
    for (const asked of record.asked) {
      const { questionId } = asked;
      if (questionId !== undefined && !answers.has(questionId)) {
        answers.set(questionId, (await ledger.readQuestion(questionId))?.question.answers.at(-1));
      }
      const answer = questionId === undefined ? undefined : answers.get(questionId);
      found.push({ ...asked, isOfThisEntry, ...(answer && { answer }) });
    }
  }
  return found;
}
