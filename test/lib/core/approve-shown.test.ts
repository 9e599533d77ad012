import { describe, expect, test } from 'vitest';
import { approveShown } from '../../../lib/core/approve-shown.ts';
import { answeredQuestions } from '../../../lib/core/answered-questions.ts';
import type { Ledger } from '../../../lib/core/ledger.ts';
import { memoryLedger } from '../../../lib/aws/memory-ledger.ts';
import { newRecord } from '../../../lib/core/update-record.ts';
import { PRINCIPAL, REF, ROLE_ARN } from './world/fake-world.ts';

const INCARNATION = { principalArn: ROLE_ARN, principalId: 'AROANEW', createdAt: '2026-03-01T08:00:00Z' };
const REASONS = [{ rule: 'NoRuleMatches', explanation: 'nothing shows it', evidence: {} }];
const shown = (clusterName: string, digest: string) => ({
  entry: { ...REF, clusterName },
  incarnation: INCARNATION,
  digest,
  reasons: REASONS,
});
const ANN = { by: 'arn:aws:iam::111122223333:user/ann', at: '2026-03-01T08:02:00Z' };

/** The digests of this cluster's entry that are approved. */
async function approvedIn(ledger: Ledger, clusterName: string): Promise<string[]> {
  const records = await ledger.ofPrincipal(PRINCIPAL);
  const questions = await answeredQuestions(records, { ...REF, clusterName }, ledger);
  return questions
    .filter(({ isOfThisEntry, answer }) => isOfThisEntry && answer?.verdict === 'approved' && answer.by === ANN.by)
    .map(({ digest }) => digest);
}

describe('a yes at the terminal', () => {
  test('approves what was shown of each entry', async () => {
    const ledger = memoryLedger();
    await approveShown([shown('orders', 'digest-1'), shown('tills', 'digest-2')], ANN, ledger);
    expect(await approvedIn(ledger, 'orders')).toEqual(['digest-1']);
    expect(await approvedIn(ledger, 'tills')).toEqual(['digest-2']);
  });

  test('is one question for a principal with more entries than there may be questions', async () => {
    const ledger = memoryLedger();
    const many = Array.from({ length: 30 }, (_, index) => shown(`c${index}`, `digest-${index}`));
    await approveShown(many, ANN, ledger);
    expect(await approvedIn(ledger, 'c29')).toEqual(['digest-29']);
  });

  test('approves nothing that the ledger asks about and nobody was shown', async () => {
    const ledger = memoryLedger();
    const { entry } = shown('tills', '');
    const asked = { principalId: 'AROANEW', askedAt: ANN.at, rules: [], digest: 'never-shown' };
    await ledger.write({ ...newRecord(entry), asked: [asked] }, 0);
    await approveShown([shown('orders', 'digest-1')], ANN, ledger);
    expect(await approvedIn(ledger, 'tills')).toEqual([]);
  });

  test('counts again when it is given again, and for what it was given before', async () => {
    const ledger = memoryLedger();
    await approveShown([shown('orders', 'digest-1')], ANN, ledger);
    await approveShown([shown('orders', 'digest-2')], { ...ANN, at: '2026-03-01T09:00:00Z' }, ledger);
    await approveShown([shown('orders', 'digest-1')], { ...ANN, at: '2026-03-01T10:00:00Z' }, ledger);
    expect(await approvedIn(ledger, 'orders')).toEqual(['digest-2', 'digest-1']);
  });

  test('is not written over an answer that came at the same moment', async () => {
    const ledger = memoryLedger();
    const raced: Ledger = {
      ...ledger,
      writeQuestion: (question, expected) =>
        expected > 0 ? Promise.resolve('conflict') : ledger.writeQuestion(question, expected),
    };
    await expect(approveShown([shown('orders', 'digest-1')], ANN, raced)).rejects.toMatchObject({
      name: 'LedgerContended',
    });
  });
});
