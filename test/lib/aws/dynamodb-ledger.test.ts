import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { entryKey, questionKey, recordItem } from '../../../lib/aws/ledger-items.ts';
import type { LedgerRecord } from '../../../lib/core/ledger.ts';
import { newRecord } from '../../../lib/core/update-record.ts';
import { ACCOUNT, entryOf } from './adapter-world.ts';
import { ledgerContract } from './ledger-contract.ts';
import { ledgerWorld, TABLE } from './ledger-world.ts';

ledgerContract('dynamodbLedger', () => ledgerWorld().open());

const ENTRY = entryOf('people');
const record = (type = 'STANDARD'): LedgerRecord => ({ ...newRecord(ENTRY), type });

describe('when answers are lost', () => {
  test('a write that happened counts as written, and nothing is written twice', async () => {
    const { aws, open } = ledgerWorld();
    const ledger = open();
    const lost = aws.faults.inject({ operation: 'PutItem', times: 3, effect: { kind: 'answerLost' } });
    expect(await ledger.write(record(), 0)).toBe('written');
    expect(lost.count).toBe(3);
    expect(await ledger.read(ENTRY)).toEqual({ record: record(), version: 1 });
  });

  test('a write over another version is a conflict all the same', async () => {
    const { aws, open } = ledgerWorld();
    const [ledger, other] = [open(), open()];
    await other.write(record('EC2'), 0);
    aws.faults.inject({ operation: 'PutItem', times: 1, effect: { kind: 'answerLost' } });
    expect(await ledger.write(record(), 0)).toBe('conflict');
    expect((await ledger.read(ENTRY))?.record).toEqual(record('EC2'));
  });

  test('a write that another writer has written over since is a conflict: the caller reads anew', async () => {
    const { aws, clock, open } = ledgerWorld();
    const [ledger, other] = [open(), open()];
    aws.faults.inject({ operation: 'PutItem', times: 1, effect: { kind: 'answerLost' } });
    const first = ledger.write(record(), 0);
    // The first writer hears nothing and waits before it asks again; the second comes in between.
    const second = clock.run(async () => {
      let seen = await other.read(ENTRY);
      for (let looks = 0; !seen && looks < 100; looks += 1) seen = await other.read(ENTRY);
      return other.write(record('EC2'), seen?.version ?? -1);
    });
    expect(await Promise.all([first, second])).toEqual(['conflict', 'written']);
    expect(await ledger.read(ENTRY)).toEqual({ record: record('EC2'), version: 2 });
  });

  test('it is AwsUnavailable when no answer comes at all, and the caller finds what was written', async () => {
    const { aws, open } = ledgerWorld();
    const ledger = open();
    const lost = aws.faults.inject({ operation: 'PutItem', effect: { kind: 'answerLost' } });
    await expect(ledger.write(record(), 0)).rejects.toMatchObject({ name: 'AwsUnavailable' });
    lost.lift();
    expect(await ledger.read(ENTRY)).toEqual({ record: record(), version: 1 });
  });
});

describe('when DynamoDB throttles', () => {
  const THROTTLES = ['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'];

  test.each(THROTTLES)('%s for a while only takes longer', async (name) => {
    const { aws, open } = ledgerWorld();
    const ledger = open();
    aws.faults.inject({ times: 3, effect: { kind: 'fault', name, message: 'slow down' } });
    expect(await ledger.write(record(), 0)).toBe('written');
    expect((await ledger.read(ENTRY))?.version).toBe(1);
  });

  test.each(THROTTLES)('%s without end is AwsThrottled, of reads, searches and writes', async (name) => {
    const { aws, open } = ledgerWorld();
    const ledger = open();
    aws.faults.inject({ effect: { kind: 'fault', name, message: 'slow down' } });
    const throttled = { name: 'AwsThrottled' };
    await expect(ledger.write(record(), 0)).rejects.toMatchObject(throttled);
    await expect(ledger.read(ENTRY)).rejects.toMatchObject(throttled);
    await expect(ledger.withOpenJournal()).rejects.toMatchObject(throttled);
  });

  test('a server error without end is AwsUnavailable', async () => {
    const { aws, open } = ledgerWorld();
    aws.faults.inject({ effect: { kind: 'unavailable' } });
    await expect(open().readQuestion('question-1')).rejects.toMatchObject({ name: 'AwsUnavailable' });
  });
});

test('of ten writers at once that each read and write until they are through, none is written over', async () => {
  const { aws, open } = ledgerWorld();
  aws.faults.inject({ operation: 'PutItem', times: 5, effect: { kind: 'answerLost' } });
  aws.faults.inject({ operation: 'PutItem', times: 5, effect: { kind: 'throttle' } });
  const write = async (id: string) => {
    const ledger = open();
    let [end, rounds] = ['conflict', 0];
    for (; end === 'conflict' && rounds < 50; rounds += 1) {
      const { record: was = newRecord(ENTRY), version = 0 } = (await ledger.read(ENTRY)) ?? {};
      if (was.knownPrincipalIds.includes(id)) break;
      end = await ledger.write({ ...was, knownPrincipalIds: [...was.knownPrincipalIds, id] }, version);
    }
  };
  const ids = Array.from({ length: 10 }, (_, index) => `AROA${index}`);
  await Promise.all(ids.map(write));
  const stored = await open().read(ENTRY);
  expect(stored?.record.knownPrincipalIds.toSorted()).toEqual(ids);
  expect(stored?.version).toBe(ids.length);
});

test('finds more records of a principal than one answer of DynamoDB holds', async () => {
  const { aws, open } = ledgerWorld();
  const ledger = open();
  const clusters = Array.from({ length: 12 }, (_, index) => `cluster-${index}`);
  const knownPrincipalIds = ['AROA'.padEnd(150_000, 'X')];
  for (const name of clusters) await ledger.write({ ...newRecord(entryOf('people', name)), knownPrincipalIds }, 0);
  const principal = { partition: 'aws', accountId: ACCOUNT, kind: 'role', name: 'people' } as const;
  const found = await ledger.ofPrincipal(principal);
  expect(found.map(({ entry }) => entry.clusterName).toSorted()).toEqual(clusters.toSorted());
  expect(aws.calls.all.filter(({ operation }) => operation === 'Query').length).toBeGreaterThan(1);
});

test('an entry that names no role or user is kept, and belongs to no principal', async () => {
  const ledger = ledgerWorld().open();
  const entry = { ...ENTRY, principalArn: `arn:aws:iam::${ACCOUNT}:root` };
  await ledger.write(newRecord(entry), 0);
  expect((await ledger.read(entry))?.record).toEqual(newRecord(entry));
  const principal = { partition: 'aws', accountId: ACCOUNT, kind: 'role', name: 'root' } as const;
  expect(await ledger.ofPrincipal(principal)).toEqual([]);
});

test('a task token is in the body of the record and nowhere else', async () => {
  const { clock, open, clientsFor } = ledgerWorld();
  const waiting = { questionId: 'question-1', taskToken: 'secret-token', executionArn: 'arn' };
  await open().write({ ...record(), waiting }, 0);
  const command = new GetItemCommand({ TableName: TABLE, Key: entryKey(ENTRY) });
  const { Item = {} } = await clock.run(() => clientsFor().dynamodb().send(command));
  const holders = Object.entries(Item).filter(([, value]) => JSON.stringify(value).includes('secret-token'));
  expect(holders.map(([name]) => name)).toEqual(['record']);
});

describe('what it does not understand it refuses to read', () => {
  const numbered = { version: { N: '1' }, writeId: { S: 'x' } };
  const another = recordItem(newRecord(entryOf('people', 'other')));
  const items = {
    'a record of a later schema': {
      ...recordItem(record()),
      record: { S: JSON.stringify({ ...record(), schemaVersion: 2 }) },
    },
    'a record of another entry': { ...recordItem(record()), record: another['record'] ?? { S: '' } },
    'a record without an entry': { ...recordItem(record()), record: { S: '{"schemaVersion":1}' } },
    'a body that is no JSON': { ...recordItem(record()), record: { S: '{' } },
    'a record without a version': { ...recordItem(record()), version: { S: '1' } },
  };

  test.each(Object.entries(items))('%s', async (_what, item) => {
    const { clock, open, clientsFor } = ledgerWorld();
    const command = new PutItemCommand({ TableName: TABLE, Item: { ...numbered, ...item } });
    await clock.run(() => clientsFor().dynamodb().send(command));
    await expect(open().read(ENTRY)).rejects.toMatchObject({ name: 'LedgerUnreadable', remedy: 'report' });
  });

  test('a question that is another one', async () => {
    const { clock, open, clientsFor } = ledgerWorld();
    const item = {
      ...questionKey('question-1'),
      ...numbered,
      question: { S: '{"schemaVersion":1,"id":"question-2"}' },
    };
    await clock.run(() =>
      clientsFor()
        .dynamodb()
        .send(new PutItemCommand({ TableName: TABLE, Item: item })),
    );
    await expect(open().readQuestion('question-1')).rejects.toMatchObject({ name: 'LedgerUnreadable' });
  });
});
