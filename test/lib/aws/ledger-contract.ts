import { describe, expect, test } from 'vitest';
import type { Journal, Ledger, LedgerRecord } from '../../../lib/core/ledger.ts';

const ENTRY = {
  accountId: '111122223333',
  region: 'eu-central-1',
  clusterName: 'orders',
  principalArn: 'arn:aws:iam::111122223333:role/team/Readers',
};
const JOURNAL: Journal = {
  generation: 1,
  holder: 'arn:aws:states:eu-central-1:111122223333:execution:rebind-entry:x',
  incarnation: { principalArn: ENTRY.principalArn, principalId: 'AROANEW', createdAt: '2026-03-01T08:00:00Z' },
  attempt: 1,
  phase: 'planned',
  cause: { kind: 'event' },
  startedAt: '2026-03-01T08:02:00Z',
};
const record = (changes: Partial<LedgerRecord> = {}): LedgerRecord => ({
  schemaVersion: 1,
  entry: ENTRY,
  knownPrincipalIds: ['AROAOLD'],
  asked: [],
  ...changes,
});
const elsewhere = (changes: Partial<typeof ENTRY>) => record({ entry: { ...ENTRY, ...changes } });

/** What core relies on in any ledger. */
export function ledgerContract(name: string, open: () => Ledger | Promise<Ledger>): void {
  describe(`${name} as a ledger`, () => {
    test('knows nothing of an entry that was never written', async () => {
      const ledger = await open();
      expect(await ledger.read(ENTRY)).toBeUndefined();
    });

    test('gives back what was written, journal and all, with a version', async () => {
      const ledger = await open();
      const written = record({ journal: { ...JOURNAL, phase: 'deleting', deletingSince: '2026-03-01T08:03:00Z' } });
      expect(await ledger.write(written, 0)).toBe('written');
      const stored = await ledger.read(ENTRY);
      expect(stored?.record).toEqual(written);
      expect(await ledger.write({ ...written, knownPrincipalIds: [] }, stored?.version ?? -1)).toBe('written');
      expect((await ledger.read(ENTRY))?.record.knownPrincipalIds).toEqual([]);
    });

    test('refuses a write that names another version', async () => {
      const ledger = await open();
      await ledger.write(record(), 0);
      const stored = await ledger.read(ENTRY);
      expect(await ledger.write(record({ knownPrincipalIds: [] }), 0)).toBe('conflict');
      expect(await ledger.write(record({ knownPrincipalIds: [] }), (stored?.version ?? 0) + 1)).toBe('conflict');
      expect(await ledger.read(ENTRY)).toEqual(stored);
    });

    test('lets one of two writers at once win', async () => {
      const ledger = await open();
      const answers = await Promise.all([ledger.write(record(), 0), ledger.write(record(), 0)]);
      expect(answers.toSorted()).toEqual(['conflict', 'written']);
    });

    test('keeps entries of other accounts, regions, clusters and principals apart', async () => {
      const ledger = await open();
      const others = [
        elsewhere({ accountId: '444455556666' }),
        elsewhere({ region: 'us-east-1' }),
        elsewhere({ clusterName: 'tills' }),
        elsewhere({ principalArn: `${ENTRY.principalArn}2` }),
      ];
      for (const other of others) expect(await ledger.write(other, 0)).toBe('written');
      expect(await ledger.read(ENTRY)).toBeUndefined();
      for (const other of others) expect((await ledger.read(other.entry))?.record).toEqual(other);
    });

    test('is not changed by whoever holds what was written or read', async () => {
      const ledger = await open();
      const knownPrincipalIds = ['AROAOLD'];
      await ledger.write(record({ knownPrincipalIds }), 0);
      knownPrincipalIds.push('AROAFORGED');
      const stored = await ledger.read(ENTRY);
      const change = () => Reflect.set(stored?.record.entry ?? {}, 'clusterName', 'forged');
      change();
      expect((await ledger.read(ENTRY))?.record).toEqual(record());
    });

    test('finds the records of a principal whatever the path or case of its ARN', async () => {
      const ledger = await open();
      const arn = (rest: string) => elsewhere({ principalArn: `arn:aws:iam::${rest}` });
      const wanted = [record(), elsewhere({ clusterName: 'tills' }), arn('111122223333:role/READERS')];
      const others = [
        arn('111122223333:user/readers'),
        arn('444455556666:role/readers'),
        arn('111122223333:role/readers2'),
      ];
      for (const one of [...wanted, ...others]) await ledger.write(one, 0);
      const found = await ledger.ofPrincipal({
        partition: 'aws',
        accountId: '111122223333',
        kind: 'role',
        name: 'readers',
      });
      expect(found).toHaveLength(wanted.length);
      expect(found).toEqual(expect.arrayContaining(wanted));
    });

    test('finds the journals that are past their delete and not closed', async () => {
      const ledger = await open();
      const phases = ['planned', 'deleting', 'created', 'closed'] as const;
      for (const phase of phases) {
        await ledger.write({ ...elsewhere({ clusterName: phase }), journal: { ...JOURNAL, phase } }, 0);
      }
      await ledger.write(record(), 0);
      const found = await ledger.withOpenJournal();
      expect(found.map(({ entry }) => entry.clusterName).toSorted()).toEqual(['created', 'deleting']);
    });

    test('forgets an open journal when it is closed', async () => {
      const ledger = await open();
      await ledger.write(record({ journal: { ...JOURNAL, phase: 'deleting' } }), 0);
      await ledger.write(
        record({ journal: { ...JOURNAL, phase: 'closed' } }),
        (await ledger.read(ENTRY))?.version ?? 0,
      );
      expect(await ledger.withOpenJournal()).toEqual([]);
    });
  });
}
