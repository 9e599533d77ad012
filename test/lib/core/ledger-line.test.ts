import { expect, test } from 'vitest';
import { type LedgerLine, readLedgerLine, writeLedgerLine } from '../../../lib/core/ledger-line.ts';
import { newRecord } from '../../../lib/core/update-record.ts';

const ENTRY = {
  accountId: '111122223333',
  region: 'eu-central-1',
  clusterName: 'orders',
  principalArn: 'arn:aws:iam::111122223333:role/Readers',
};
const INCARNATION = { principalArn: ENTRY.principalArn, principalId: 'AROANEW', createdAt: '2026-03-01T08:00:00Z' };
const QUESTION = { schemaVersion: 1, id: 'q', incarnation: INCARNATION, digests: [], expiresAt: '', answers: [] };
const RECORD: LedgerLine = { kind: 'record', version: 1, record: newRecord(ENTRY) };

test('a line reads back as it was written', () => {
  expect(readLedgerLine(writeLedgerLine(RECORD))).toEqual(RECORD);
});

test.each([
  ['no JSON', '{', 'it is not JSON'],
  ['another kind of line', '{"kind":"entry"}', 'kind is "entry", expected ("ledger" | "record" | "question")'],
  ['no object', '7', 'it is 7, expected Object'],
  [
    'another schema version',
    '{"kind":"ledger","schemaVersion":2,"accountId":"111122223333"}',
    'schemaVersion is 2, expected 1',
  ],
  [
    'a record of no entry',
    JSON.stringify({ ...RECORD, record: { ...RECORD.record, entry: { ...ENTRY, region: 7 } } }),
    'record.entry.region is 7, expected string',
  ],
  [
    'a time that is none',
    JSON.stringify({
      kind: 'question',
      version: 1,
      question: { ...QUESTION, incarnation: { ...INCARNATION, createdAt: 'now' } },
    }),
    'question.incarnation.createdAt is "now", expected iso_timestamp',
  ],
])('a line with %s is told in words', (_, text, unreadable) => {
  expect(readLedgerLine(text)).toEqual({ unreadable });
});
