import { describe, expect, test } from 'vitest';
import type { LedgerRecord, PastDelete } from '../../../lib/core/ledger.ts';
import type { PrincipalReading } from '../../../lib/core/ports.ts';
import { scanEntry, type ScanFacts, scanMissing } from '../../../lib/core/scan-entry.ts';
import type { EntryRef } from '../../../lib/core/shapes.ts';
import { newRecord } from '../../../lib/core/update-record.ts';

const NOW = '2026-11-24T12:00:00.000Z';
const ref: EntryRef = {
  accountId: '111122223333',
  region: 'eu-west-1',
  clusterName: 'prod',
  principalArn: 'arn:aws:iam::111122223333:role/nodes',
};
const entry: ScanFacts['entry'] = {
  entryArn: 'arn:aws:eks:eu-west-1:111122223333:access-entry/prod/role/111122223333/nodes/1',
  principalArn: ref.principalArn,
  createdAt: '2026-11-24T08:00:00.000Z',
  modifiedAt: '2026-11-24T08:00:00.000Z',
  type: 'EC2_LINUX',
  username: 'system:node:{{EC2PrivateDNSName}}',
  kubernetesGroups: ['system:nodes'],
  tags: {},
};
const roleMadeAt = (createdAt: string, arn = ref.principalArn): PrincipalReading => {
  return { arn, principalId: 'AROANODES00000000000', createdAt, path: '/', tags: {} };
};
const old = roleMadeAt('2026-11-20T00:00:00.000Z');
const recreated = roleMadeAt('2026-11-24T10:30:00.000Z');
const justBefore = roleMadeAt('2026-11-24T07:59:30.000Z');
const record = (more: Partial<LedgerRecord> = {}): LedgerRecord => ({ ...newRecord(ref), ...more });

const judged = (more: Partial<ScanFacts> = {}) =>
  scanEntry({
    ref,
    entry,
    principal: old,
    authenticationMode: 'API',
    record: undefined,
    settleSeconds: 120,
    now: NOW,
    ...more,
  });

describe('a scan of an entry', () => {
  test('is healthy where the entry is not older than its principal, and tells which principal that is', () => {
    expect(judged()).toEqual({
      verdict: 'healthy',
      explanation: expect.stringContaining('the entry is not older than its principal'),
      principalCreatedAt: old.createdAt,
      principalId: old.principalId,
    });
  });

  test('is stale where the principal is newer, and counts the outage from when the principal was made', () => {
    expect(judged({ principal: recreated })).toMatchObject({ verdict: 'stale', outageSeconds: 5400 });
  });

  test('counts no outage backwards where the clock here is behind', () => {
    expect(judged({ principal: recreated, now: '2026-11-24T10:29:00.000Z' })).toMatchObject({ outageSeconds: 0 });
  });

  test('counts no outage of an entry that works', () => {
    expect(judged()).not.toHaveProperty('outageSeconds');
  });

  test('says of a stale entry that aws-auth may help, in mixed mode alone', () => {
    const note = 'a row of aws-auth may still let the principal in';
    expect(judged({ principal: recreated, authenticationMode: 'API_AND_CONFIG_MAP' }).explanation).toContain(note);
    expect(judged({ principal: recreated }).explanation).not.toContain(note);
    expect(judged({ authenticationMode: 'API_AND_CONFIG_MAP' }).explanation).not.toContain(note);
  });

  test('says which principal there is now where the entry names another path', () => {
    const moved = roleMadeAt(recreated.createdAt, 'arn:aws:iam::111122223333:role/team/nodes');
    expect(judged({ principal: moved }).explanation).toContain(
      "its principal is now 'arn:aws:iam::111122223333:role/team/nodes', which the entry does not name",
    );
  });

  test('takes the bare unique id, which IAM shows for a while, for no other path', () => {
    const { verdict, explanation } = judged({ principal: roleMadeAt(recreated.createdAt, 'AROANODES00000000000') });
    expect(verdict).toBe('unknown');
    expect(explanation).not.toContain('does not name');
  });
});

describe('a scan of an entry that was made just after its principal', () => {
  test('says that an earlier principal would not be known, where nobody read the records', () => {
    const { verdict, explanation } = judged({ principal: justBefore, record: 'unread' });
    expect(verdict).toBe('healthy');
    expect(explanation).toContain("not known without the service's records");
  });

  test.each([
    ['the records were read', { principal: justBefore, record: undefined }],
    ['the entry is well past its principal', { principal: old, record: 'unread' }],
    ['it is stale anyway', { principal: recreated, record: 'unread' }],
  ] as const)('says no such thing where %s', (_, more) => {
    expect(judged(more).explanation).not.toContain("service's records");
  });

  test('is unproven where the records know of an earlier one', () => {
    const known = record({ knownPrincipalIds: ['AROAEARLIER000000000'] });
    expect(judged({ principal: justBefore, record: known })).toMatchObject({ verdict: 'unproven' });
  });
});

describe('a scan of an entry without a principal', () => {
  test('is unknown after one look, and says that one does not tell', () => {
    expect(judged({ principal: 'absent' })).toEqual({
      verdict: 'unknown',
      explanation:
        'IAM shows no such principal, so far once; one look does not tell a deletion from a delay of IAM: look again in some minutes',
    });
  });

  test('is orphaned where the service saw no such principal minutes ago', () => {
    const absent = record({ absentSince: '2026-11-24T11:58:00.000Z' });
    expect(judged({ principal: 'absent', record: absent })).toEqual({
      verdict: 'orphaned',
      explanation: 'IAM shows no such principal, twice, minutes apart',
    });
  });

  test('is unknown where the service saw it a moment ago', () => {
    const absent = record({ absentSince: '2026-11-24T11:58:01.000Z' });
    expect(judged({ principal: 'absent', record: absent })).toMatchObject({ verdict: 'unknown' });
  });

  test('is unknown where it could not be read, and says why', () => {
    expect(judged({ principal: { unreadable: 'AccessDenied: no' } })).toEqual({
      verdict: 'unknown',
      explanation: 'the principal could not be read; AccessDenied: no',
    });
  });
});

describe('a scan of an entry that the service deleted', () => {
  const deletingSince = '2026-11-24T11:00:00.000Z';
  const journal: PastDelete = {
    generation: 1,
    holder: 'arn:aws:states:us-east-1:111122223333:execution:rebind-entry:1',
    incarnation: { principalArn: ref.principalArn, principalId: recreated.principalId, createdAt: recreated.createdAt },
    attempt: 1,
    phase: 'deleting',
    cause: { kind: 'event' },
    startedAt: deletingSince,
    deletingSince,
    snapshot: {
      schemaVersion: 1,
      entryArn: entry.entryArn,
      createdAt: entry.createdAt,
      type: entry.type,
      tags: {},
      lostTags: {},
      policies: [],
    },
  };

  test('is missing, out since its principal was made anew', () => {
    expect(scanMissing(journal, recreated, NOW)).toEqual({
      verdict: 'missing',
      explanation: `the entry was deleted at ${deletingSince} to be made again, and is not back`,
      principalCreatedAt: recreated.createdAt,
      principalId: recreated.principalId,
      outageSeconds: 5400,
    });
  });

  test('is out since the delete where its principal was made once more after it', () => {
    expect(scanMissing(journal, roleMadeAt('2026-11-24T11:30:00.000Z'), NOW)).toMatchObject({ outageSeconds: 3600 });
  });

  test('is missing whether its principal can be read or not', () => {
    const told = scanMissing(journal, 'absent', NOW);
    expect(told).toMatchObject({ verdict: 'missing', outageSeconds: 3600 });
    expect(told).not.toHaveProperty('principalId');
  });
});
