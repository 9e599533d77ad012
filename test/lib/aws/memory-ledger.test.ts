import { expect, test } from 'vitest';
import { memoryLedger } from '../../../lib/aws/memory-ledger.ts';
import { newRecord } from '../../../lib/core/update-record.ts';
import { ledgerContract } from './ledger-contract.ts';

ledgerContract('memoryLedger', memoryLedger);

test('an entry that names no role or user belongs to no principal', async () => {
  const ledger = memoryLedger();
  const principalArn = 'arn:aws:iam::111122223333:root';
  const entry = { accountId: '111122223333', region: 'eu-central-1', clusterName: 'orders', principalArn };
  await ledger.write(newRecord(entry), 0);
  const principal = { partition: 'aws', accountId: '111122223333', kind: 'role', name: 'root' } as const;
  expect(await ledger.ofPrincipal(principal)).toEqual([]);
});
