import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { PrincipalChange, readChange } from '../../../lib/core/change-event.ts';

const RECORDS = new URL('../../../../shared/cloudtrail/terraform-roles.json', import.meta.url);
const found = existsSync(RECORDS);

const RecordFile = v.object({
  Records: v.array(
    v.looseObject({
      eventName: v.string(),
      requestParameters: v.looseObject({ roleName: v.optional(v.string()), userName: v.optional(v.string()) }),
    }),
  ),
});
const records = found ? v.parse(RecordFile, JSON.parse(readFileSync(RECORDS, 'utf8'))).Records : [];

const changeOf = (detail: unknown) =>
  readChange({ source: 'aws.iam', 'detail-type': 'AWS API Call via CloudTrail', detail });

// Loudly, so that nobody takes a run without the records for one with them.
const leftOut = found ? '' : ` LEFT OUT: there are none at ${RECORDS.pathname}`;

describe.skipIf(!found)(`records as AWS wrote them${leftOut}`, () => {
  test.each(records.map((record) => [record.eventName, record] as const))('a %s is read', (eventName, record) => {
    const change = changeOf(record);
    const kind = eventName.startsWith('Create') ? 'created' : 'deleted';
    const { roleName, userName } = record.requestParameters;
    const named = roleName === undefined ? { kind: 'user', name: userName } : { kind: 'role', name: roleName };
    const principal = { accountId: '123837392027', ...named };
    expect(v.is(PrincipalChange, change)).toBe(true);
    expect(change).toMatchObject({ kind, cause: { eventName }, principal });
    expect('incarnation' in change).toBe(kind === 'created');
  });

  test('there are as many of each as the file holds', () => {
    const kinds = Map.groupBy(records, (record) => changeOf(record).kind);
    const counts = [...kinds].map(([kind, those]) => [kind, those.length]);
    expect(Object.fromEntries(counts)).toEqual({ created: 9, deleted: 8 });
  });
});
