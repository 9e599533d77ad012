import type { LedgerRecord } from './ledger.ts';

/** For how many seconds the oldest question about some entries has waited for an answer; 0 where no execution waits. */
export function longestWaitSeconds(records: readonly LedgerRecord[], now: string): number {
  const waits = records.flatMap(({ asked, waiting, journal }) => {
    // A wait that ended without an answer leaves its record behind: an execution that has ended waits no more.
    if (!waiting || journal?.holder !== waiting.executionArn || journal.phase === 'closed') return [];
    const question = asked.find(({ questionId }) => questionId === waiting.questionId);
    return question ? [(Date.parse(now) - Date.parse(question.askedAt)) / 1000] : [];
  });
  return Math.max(0, ...waits);
}
