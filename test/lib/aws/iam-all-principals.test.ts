import { expect, test } from 'vitest';
import { ACCOUNT, adapterWorld, roleArn, START } from './adapter-world.ts';

const numbered = (prefix: string, number: number) => `${prefix}-${String(number).padStart(4, '0')}`;

/** More roles and users than fit a page. */
function worldOfMany() {
  const world = adapterWorld('allPrincipals');
  const { aws, putRole } = world;
  for (let number = 0; number < 1_000; number += 1) putRole(numbered('role', number));
  for (let number = 0; number < 1_001; number += 1) {
    const name = numbered('user', number);
    const arn = `arn:aws:iam::${ACCOUNT}:user/${name}`;
    const uniqueId = `AIDA${String(number).padStart(17, '0')}`;
    const user = { kind: 'user', partition: 'aws', accountId: ACCOUNT, name, path: '/', arn, uniqueId } as const;
    aws.iam.put({ ...user, createDate: START - 60_000, tags: {} });
  }
  return world;
}

test('every page of roles and users is read, with what tells one incarnation from another', async () => {
  const { aws, port, run } = worldOfMany();
  const found = await run(() => port.list(ACCOUNT));
  expect(new Set(found.map(({ arn }) => arn)).size).toBe(2_002);
  expect(found.find(({ arn }) => arn === roleArn('people'))).toMatchObject({
    principalId: 'AROAPEOPLE0000000000',
    createdAt: '2026-02-28T12:00:00.000Z',
    path: '/',
  });
  expect(found.at(-1)).toMatchObject({ principalId: 'AIDA00000000000001000', path: '/' });
  const asked = aws.calls.all.map(({ operation }) => operation);
  expect(asked).toEqual(['ListRoles', 'ListRoles', 'ListUsers', 'ListUsers']);
});

test('lists have no tags, as with IAM: what they answer must not be taken for them', async () => {
  const { port, run } = adapterWorld('allPrincipals');
  await expect(run(() => port.list(ACCOUNT))).resolves.toEqual([expect.objectContaining({ tags: {} })]);
});

test('a second list begins at the beginning, in the process that made the first', async () => {
  const { port, run } = worldOfMany();
  await run(() => port.list(ACCOUNT));
  const found = await run(() => port.list(ACCOUNT));
  expect(new Set(found.map(({ arn }) => arn)).size).toBe(2_002);
});
