import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { LedgerUnreadable } from '../core/errors.ts';
import { isPastDelete, type LedgerRecord, type Question } from '../core/ledger.ts';
import { parsePrincipalArn, principalKey } from '../core/principal.ts';
import type { EntryRef, Principal } from '../core/shapes.ts';

/** The ledger's table: string keys, and two indexes that hold whole items. */
export const LEDGER_TABLE = {
  hashKey: 'pk',
  sortKey: 'sk',
  indexes: { 'by-cluster': { hashKey: 'cluster' }, 'open-journals': { hashKey: 'openJournal' } },
} as const;

/** An item as DynamoDB has it. */
export type Item = Readonly<Record<string, AttributeValue>>;

type Key = Record<'pk' | 'sk', { S: string }>;

const keyOf = (pk: string, sk: string): Key => ({ pk: { S: pk }, sk: { S: sk } });

/** The partition with all entries of a principal. */
export const principalPartition = (principal: Principal): string => `principal#${principalKey(principal)}`;

/** What `by-cluster` finds a cluster's entries by. */
export const clusterKey = (cluster: Pick<EntryRef, 'accountId' | 'region' | 'clusterName'>): string =>
  [cluster.accountId, cluster.region, cluster.clusterName].join('/');

/** Where an entry's record is. An ARN that names no role or user is a partition of its own. */
export function entryKey({ accountId, region, clusterName, principalArn }: EntryRef): Key {
  const principal = parsePrincipalArn(principalArn);
  const pk = principal ? principalPartition(principal) : `principal#${principalArn}`;
  return keyOf(pk, `entry#${JSON.stringify([accountId, region, clusterName, principalArn])}`);
}

/** Where a question is. */
export const questionKey = (id: string): Key => keyOf(`question#${id}`, 'question');

/** A record as an item: its body is one text, so that no name in it (a tag called `__proto__`) means anything on the way. */
export const recordItem = (record: LedgerRecord): Item => ({
  ...entryKey(record.entry),
  cluster: { S: clusterKey(record.entry) },
  record: { S: JSON.stringify(record) },
  // The index holds just the items that have the attribute.
  ...(isPastDelete(record.journal) && { openJournal: { S: 'open' } }),
});

/** A question as an item. */
export const questionItem = (question: Question): Item => ({
  ...questionKey(question.id),
  question: { S: JSON.stringify(question) },
});

/** The version of an item, which the next write has to name. */
export function versionOf(item: Item): number {
  const version = Number(item['version']?.N);
  if (Number.isSafeInteger(version) && version > 0) return version;
  throw unreadable(item, `its version is ${JSON.stringify(item['version'])}`);
}

/** The record in an item. Refuses what another release wrote, and what belongs under another key. */
export function recordIn(item: Item): LedgerRecord {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `recordItem` in the schema version just checked; parsing it member by member would drop tags called `__proto__`
  const record = bodyOf(item, 'record') as unknown as LedgerRecord;
  if (isAt(item, () => entryKey(record.entry))) return record;
  throw unreadable(item, 'its record is of another entry');
}

/** The question in an item, with the same care. */
export function questionIn(item: Item): Question {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `questionItem` in the schema version just checked
  const question = bodyOf(item, 'question') as unknown as Question;
  if (isAt(item, () => questionKey(question.id))) return question;
  throw unreadable(item, 'its question is another one');
}

function bodyOf(item: Item, attribute: 'record' | 'question'): { readonly schemaVersion: 1 } {
  const body = parsed(item[attribute]?.S);
  const version = typeof body === 'object' && body && 'schemaVersion' in body ? body.schemaVersion : undefined;
  if (typeof body === 'object' && body && version === 1) return { ...body, schemaVersion: 1 };
  throw unreadable(item, `the schema version of its ${attribute} is ${JSON.stringify(version)}, known is 1`);
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
}

function isAt(item: Item, key: () => Key): boolean {
  try {
    const { pk, sk } = key();
    return item['pk']?.S === pk.S && item['sk']?.S === sk.S;
  } catch {
    // A body without what its key is made of.
    return false;
  }
}

const unreadable = ({ pk, sk }: Item, why: string) =>
  new LedgerUnreadable(`the ledger's item ${pk?.S} ${sk?.S} can't be read: ${why}`);
