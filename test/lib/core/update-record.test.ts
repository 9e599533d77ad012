import { expect, test } from 'vitest';
import { memoryLedger } from '../../../lib/aws/memory-ledger.ts';
import { newRecord, updateRecord, withKnownId } from '../../../lib/core/update-record.ts';
import { REF } from './world/fake-world.ts';

const increase = (ledger: ReturnType<typeof memoryLedger>) =>
  updateRecord<string>(REF, ledger, (record) => {
    const knownPrincipalIds = [...record.knownPrincipalIds, `id${record.knownPrincipalIds.length}`];
    return { record: { ...record, knownPrincipalIds }, answer: 'increased' };
  });

test('ten writers at once lose nothing', async () => {
  const ledger = memoryLedger();
  await Promise.all(Array.from({ length: 10 }, () => increase(ledger)));
  expect((await ledger.read(REF))?.record.knownPrincipalIds).toHaveLength(10);
});

test('gives up where others keep writing', async () => {
  await expect(increase({ ...memoryLedger(), write: async () => 'conflict' })).rejects.toMatchObject({
    name: 'LedgerContended',
    message: expect.stringContaining("in cluster 'orders' (eu-central-1)"),
  });
});

test('leaves a record alone where there is nothing to write', async () => {
  const ledger = memoryLedger();
  expect(await updateRecord(REF, ledger, (record) => ({ answer: record }))).toEqual(newRecord(REF));
  expect(await ledger.read(REF)).toBeUndefined();
});

test('the newest id comes last, each once', () => {
  expect(withKnownId(['a', 'b'], 'a')).toEqual(['b', 'a']);
  expect(withKnownId([], 'a')).toEqual(['a']);
});
