import { describe, expect, test } from 'vitest';
import { checkRole } from '../../../lib/core/check-role.ts';
import type { CheckRoleInput } from '../../../lib/core/check-role.ts';
import type { PrincipalReading } from '../../../lib/core/ports.ts';
import { fakeWorld, PRINCIPAL, ROLE_ARN } from './world/fake-world.ts';

const MADE = '2026-03-01T08:00:00Z';
const at = (seconds: number) => new Date(Date.parse(MADE) + seconds * 1000).toISOString();
const reading = (principalId: string, createdAt = MADE, arn: string = ROLE_ARN): PrincipalReading => ({
  arn,
  principalId,
  createdAt,
  path: '/team/',
  tags: {},
});
const incarnation = { principalArn: ROLE_ARN, principalId: 'AROANEW', createdAt: MADE };
const { settings } = fakeWorld().bare;

function check(shown: PrincipalReading | undefined, changes: Partial<CheckRoleInput> = {}) {
  return checkRole(
    {
      schemaVersion: 1,
      principal: PRINCIPAL,
      incarnation,
      eventTime: MADE,
      goodReads: 0,
      missingReads: 0,
      reads: 0,
      redriveCount: 0,
      now: at(10),
      ...changes,
    },
    { principals: { read: async () => shown }, settings },
  );
}

test.each([
  ['a first good read', reading('AROANEW'), {}, { status: 'waiting', goodReads: 1, waitSeconds: 30 }],
  [
    'a third, early',
    reading('AROANEW'),
    { goodReads: 2, now: at(70) },
    { status: 'waiting', goodReads: 3, waitSeconds: 30 },
  ],
  ['a third, just of age', reading('AROANEW'), { goodReads: 2, now: at(119) }, { status: 'waiting', waitSeconds: 1 }],
  [
    'enough reads, not of age',
    reading('AROANEW'),
    { goodReads: 3, now: at(100) },
    { status: 'waiting', waitSeconds: 20 },
  ],
  [
    'of age, not enough reads',
    reading('AROANEW'),
    { goodReads: 1, now: at(500) },
    { status: 'waiting', waitSeconds: 5 },
  ],
  ['enough reads and of age', reading('AROANEW'), { goodReads: 3, now: at(120) }, { status: 'settled', goodReads: 4 }],
  [
    'the id instead of the ARN',
    reading('AROANEW', MADE, 'AROANEW'),
    { goodReads: 3, now: at(120) },
    { status: 'waiting', goodReads: 0 },
  ],
  [
    'an earlier role',
    reading('AROAOLD', at(-900)),
    { goodReads: 3, now: at(120) },
    { status: 'waiting', goodReads: 0, waitSeconds: 30 },
  ],
  ['a later role', reading('AROANEWER', at(60)), { goodReads: 3, now: at(70) }, { status: 'superseded' }],
  ['another of the same second', reading('AROATWIN'), { now: at(60) }, { status: 'waiting' }],
  ['another of the same second, of age', reading('AROATWIN'), { now: at(121) }, { status: 'superseded' }],
  ['no role', undefined, { goodReads: 3 }, { status: 'waiting', goodReads: 0, missingReads: 1 }],
  ['no role for long', undefined, { missingReads: 3, now: at(120) }, { status: 'gone', missingReads: 4 }],
  ['no role, the event young', undefined, { missingReads: 3, now: at(100) }, { status: 'waiting', waitSeconds: 20 }],
  ['a role after none', reading('AROANEW'), { missingReads: 3 }, { status: 'waiting', goodReads: 1, missingReads: 0 }],
] as const)('%s', async (_what, shown, changes, expected) => {
  expect(await check(shown, changes)).toMatchObject(expected);
});

describe('an event that does not tell the incarnation', () => {
  test.each([
    ['a role made then', reading('AROANEW'), { status: 'waiting', goodReads: 1, incarnation }],
    [
      'a role made earlier: a stale read',
      reading('AROAOLD', at(-1)),
      { status: 'waiting', goodReads: 0, incarnation: null },
    ],
    ['no role', undefined, { status: 'waiting', missingReads: 1, incarnation: null }],
  ])('%s', async (_what, shown, expected) => {
    expect(await check(shown, { incarnation: null })).toMatchObject(expected);
  });
});

test('settled tells the live incarnation, with the date that IAM shows', async () => {
  const shown = reading('AROANEW', at(1));
  expect(await check(shown, { goodReads: 3, now: at(200) })).toMatchObject({
    incarnation: { ...incarnation, createdAt: at(1) },
  });
});

test('gives up after forty reads, and after forty more in each redrive', async () => {
  await expect(check(undefined, { reads: 39 })).rejects.toMatchObject({ name: 'IamNotSettled' });
  expect(await check(undefined, { reads: 39, redriveCount: 1 })).toMatchObject({ status: 'waiting', reads: 40 });
  await expect(check(undefined, { reads: 79, redriveCount: 1 })).rejects.toMatchObject({ name: 'IamNotSettled' });
});

test('a last read that settles it is not too late', async () => {
  expect(await check(reading('AROANEW'), { reads: 39, goodReads: 3, now: at(200) })).toMatchObject({
    status: 'settled',
  });
});
