import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { PrincipalChange, readChange } from '../../../lib/core/change-event.ts';

interface RoleRecord {
  readonly eventName: string;
  readonly requestParameters: { readonly roleName?: string };
}

const RECORDS = new URL('../../../../shared/cloudtrail/terraform-roles.json', import.meta.url);
const found = existsSync(RECORDS);
const records = found ? (JSON.parse(readFileSync(RECORDS, 'utf8')) as { Records: RoleRecord[] }).Records : [];

const inEnvelope = (detail: RoleRecord) => ({
  source: 'aws.iam',
  'detail-type': 'AWS API Call via CloudTrail',
  detail,
});

describe('records as AWS wrote them', () => {
  // Loudly, so that nobody takes a run without the records for one with them.
  test.skipIf(found)(`LEFT OUT: there are no real records at ${RECORDS.pathname}`, () => {});

  test.skipIf(!found).each(records.map((record) => [record.eventName, record] as const))(
    'a %s is read',
    (eventName, record) => {
      const change = readChange(inEnvelope(record));
      const kind = { CreateRole: 'created', DeleteRole: 'deleted' }[eventName] ?? 'ignored';
      const principal = { accountId: '123837392027', kind: 'role', name: record.requestParameters.roleName };
      expect(v.is(PrincipalChange, change)).toBe(true);
      expect(change).toMatchObject({ kind, cause: { eventName }, ...(kind !== 'ignored' && { principal }) });
      expect('incarnation' in change).toBe(kind === 'created');
    },
  );

  test.skipIf(!found)('there are as many of each as the file holds', () => {
    const kinds = Map.groupBy(records, (record) => readChange(inEnvelope(record)).kind);
    const counts = [...kinds].map(([kind, those]) => [kind, those.length]);
    expect(Object.fromEntries(counts)).toEqual({ created: 7, deleted: 7, ignored: 3 });
  });
});
