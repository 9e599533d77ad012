import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readEventFile } from '../../../../lib/cli/replay/event-file.ts';
import { createRole, deleteRole, inEnvelope } from '../records.ts';
import { fileWith } from '../replayed.ts';
import { runCommand } from '../terminal.ts';

const at = '2024-05-01T10:00:00Z';
const one = createRole({ at });
const other = deleteRole({ at });

describe('a file of events', () => {
  test.each([
    ['one CloudTrail record', one, [one]],
    ['a file as trails write them', { Records: [one, other] }, [one, other]],
    ['a list of records', [one, other], [one, other]],
    ['an EventBridge event', inEnvelope(one), [one]],
    ['a mix of all of them', [inEnvelope(one), { Records: [other] }, one], [one, other, one]],
  ])('may be %s', async (_, content, records) => {
    expect((await readEventFile(fileWith(content))).map(({ record }) => record)).toEqual(records);
  });

  test('may be gzipped, as trails deliver them', async () => {
    const path = fileWith(gzipSync(JSON.stringify({ Records: [one] })));
    expect((await readEventFile(path)).map(({ record }) => record)).toEqual([one]);
  });

  test('may begin with a byte order mark', async () => {
    expect(await readEventFile(fileWith(`\uFEFF${JSON.stringify(one)}`))).toHaveLength(1);
  });

  test('keeps the envelope that an event came in', async () => {
    const [filed] = await readEventFile(fileWith(inEnvelope(one)));
    expect(filed?.envelope).toEqual(inEnvelope(one));
  });
});

describe('a file that is wrong', () => {
  const without = (key: string, record: object = one) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));

  test.each([
    ['is empty', '', /is empty/],
    ['is no JSON', '{ "Records": [', /is not JSON/],
    ['has no records', { Records: [] }, /holds no records/],
    ['is an empty list', [], /holds no records/],
    ['has Records that are no list', { Records: {} }, /Records is no list/],
    ['holds a number', 42, /expected a JSON object, found '42'/],
    ['holds something else', { hello: 'world' }, /neither a CloudTrail record/],
    ['has an event without a detail', { 'detail-type': 'x', source: 'aws.iam' }, /detail is no JSON object/],
    ['has a record without an eventName', without('eventName'), /records\.json: eventName is missing/],
    ['has a record without an eventSource', without('eventSource'), /eventSource is missing/],
    ['has a record without a time', { Records: [one, without('eventTime')] }, /Records\[1\]: eventTime is missing/],
    ['has a record with an odd time', { ...one, eventTime: 'yesterday' }, /eventTime is 'yesterday', expected a time/],
    ['has a record without a region', without('awsRegion'), /awsRegion is missing/],
    ['has a record of an odd region', { ...one, awsRegion: 'mars' }, /awsRegion is 'mars'/],
    ['has an odd account', { ...one, recipientAccountId: '12' }, /recipientAccountId is '12', expected the twelve/],
    ['has a role without a name', { ...other, requestParameters: {} }, /requestParameters\.roleName is missing/],
    ['has an illegal name', { ...other, requestParameters: { roleName: 'a b' } }, /roleName is 'a b'/],
  ])('%s: says so with its place, and ends with 1', async (_, content, words) => {
    const { code, stdout, stderr } = await runCommand('demo', '--event', fileWith(content));
    expect({ code, stdout, lines: stderr.length }).toEqual({ code: 1, stdout: [], lines: 1 });
    expect(stderr[0]).toMatch(words);
  });

  test('is not there: says so and ends with 1', async () => {
    const { code, stderr } = await runCommand('demo', '--event', '/nowhere/records.json');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: ["error: cannot read '/nowhere/records.json': ENOENT: no such file or directory"],
    });
  });

  test('lets no control characters of it reach the terminal', async () => {
    const odd = { ...other, requestParameters: { roleName: '\u001B[31mred\u202E' } };
    const { stderr } = await runCommand('demo', '--event', fileWith(odd));
    // oxlint-disable-next-line no-control-regex -- that is what must not be there
    expect(stderr.join('')).not.toMatch(/[\u0000-\u001F\u202E]/);
  });
});
