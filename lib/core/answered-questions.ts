import { countingAnswer } from './counting-answer.ts';
import type { Answer, AskedQuestion, Ledger, LedgerRecord, Question } from './ledger.ts';
import { isSameJson } from './same-json.ts';
import type { EntryRef } from './shapes.ts';

/** What was asked about one of a principal's entries, with the answer that counts. */
export interface AnsweredQuestion extends AskedQuestion {
  /** Whether it was asked about the very entry that is decided on. */
  readonly isOfThisEntry: boolean;
  /** Absent while nobody has answered. */
  readonly answer?: Answer;
  /** When executions stop waiting for one; absent while nobody was sent the question. */
  readonly expiresAt?: string;
}

/** Every question that was ever asked about the principal's entries. The answers are in the questions that people were sent. */
export async function answeredQuestions(
  records: readonly LedgerRecord[],
  entry: EntryRef,
  ledger: Pick<Ledger, 'readQuestion'>,
): Promise<AnsweredQuestion[]> {
  const sent = new Map<string, Question | undefined>();
  const found: AnsweredQuestion[] = [];
  for (const record of records) {
    const isOfThisEntry = isSameJson(record.entry, entry);
    for (const asked of record.asked) {
      const { questionId } = asked;
      if (questionId !== undefined && !sent.has(questionId)) {
        sent.set(questionId, (await ledger.readQuestion(questionId))?.question);
      }
      const named = questionId === undefined ? undefined : sent.get(questionId);
      // More functions write records than questions: the question itself has to say that it is about this.
      const question = named?.digests.includes(asked.digest) ? named : undefined;
      const answer = question && countingAnswer(question, records);
      found.push({
        ...asked,
        isOfThisEntry,
        ...(answer && { answer }),
        ...(question && { expiresAt: question.expiresAt }),
      });
    }
  }
  return found;
}
