import { describe, expect, test } from 'vitest';
import type { Journal, Ledger, LedgerRecord, Question } from '../../../lib/core/ledger.ts';
import { snapshotOf } from './adapter-world.ts';

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
const QUESTION: Question = {
  schemaVersion: 1,
  id: 'question-1',
  principal: { partition: 'aws', accountId: '111122223333', kind: 'role', name: 'Readers' },
  incarnation: JOURNAL.incarnation,
  digests: ['digest-1'],
  askedAt: '2026-03-01T08:02:00Z',
  expiresAt: '2026-03-02T08:02:00Z',
  answers: [],
};
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

    test('takes up an open journal again when it is opened anew', async () => {
      const ledger = await open();
      await ledger.write(record({ journal: { ...JOURNAL, phase: 'closed' } }), 0);
      await ledger.write(record({ journal: { ...JOURNAL, phase: 'created', attempt: 2 } }), 1);
      expect((await ledger.withOpenJournal()).map(({ journal }) => journal?.attempt)).toEqual([2]);
    });

    test('finds the records of one cluster, as they were written last', async () => {
      const ledger = await open();
      const second = elsewhere({ principalArn: 'arn:aws:iam::111122223333:user/ann' });
      const others = [
        elsewhere({ clusterName: 'orders2' }),
        elsewhere({ region: 'us-east-1' }),
        elsewhere({ accountId: '444455556666' }),
      ];
      for (const one of [record({ type: 'STANDARD' }), second, ...others]) await ledger.write(one, 0);
      await ledger.write(record(), 1);
      const found = await ledger.ofCluster({
        accountId: '111122223333',
        region: 'eu-central-1',
        clusterName: 'orders',
      });
      expect(found).toHaveLength(2);
      expect(found).toEqual(expect.arrayContaining([record(), second]));
    });

    test.each(['constructor', '__proto__'])('keeps a tag called %s', async (tag) => {
      const ledger = await open();
      const tags: unknown = JSON.parse(`{"${tag}":"x","team":"orders"}`);
      const snapshot = { ...snapshotOf(), tags: { ...snapshotOf().tags } };
      Object.defineProperty(snapshot, 'tags', { value: tags, enumerable: true });
      await ledger.write(record({ journal: { ...JOURNAL, phase: 'deleting', snapshot } }), 0);
      const stored = (await ledger.read(ENTRY))?.record.journal?.snapshot?.tags ?? {};
      expect(Object.entries(stored)).toEqual([
        [tag, 'x'],
        ['team', 'orders'],
      ]);
    });

    test('counts the version of a record up by one with each write', async () => {
      const ledger = await open();
      for (const expected of [0, 1, 2]) expect(await ledger.write(record(), expected)).toBe('written');
      expect((await ledger.read(ENTRY))?.version).toBe(3);
    });

    test('gives back a question as it was written, with a version', async () => {
      const ledger = await open();
      expect(await ledger.readQuestion(QUESTION.id)).toBeUndefined();
      expect(await ledger.writeQuestion(QUESTION, 0)).toBe('written');
      expect(await ledger.readQuestion(QUESTION.id)).toEqual({ question: QUESTION, version: 1 });
      expect(await ledger.readQuestion('question-2')).toBeUndefined();
    });

    test('lets one of two who answer a question at once win', async () => {
      const ledger = await open();
      await ledger.writeQuestion(QUESTION, 0);
      const answered = (by: string): Question => ({ ...QUESTION, answers: [{ verdict: 'approved', by, at: 'now' }] });
      const ends = await Promise.all(['ann', 'ben'].map((by) => ledger.writeQuestion(answered(by), 1)));
      expect(ends.toSorted()).toEqual(['conflict', 'written']);
      const winner = ends[0] === 'written' ? 'ann' : 'ben';
      expect((await ledger.readQuestion(QUESTION.id))?.question).toEqual(answered(winner));
    });

    test('refuses a question that is there already', async () => {
      const ledger = await open();
      await ledger.writeQuestion(QUESTION, 0);
      expect(await ledger.writeQuestion({ ...QUESTION, digests: [] }, 0)).toBe('conflict');
      expect((await ledger.readQuestion(QUESTION.id))?.question).toEqual(QUESTION);
    });
  });
}
