import { describe, expect, test } from 'vitest';
import { isServiceLinked, parsePrincipalArn, parseSessionArn, principalKey } from '../../../lib/core/principal.ts';

const ACCOUNT = '111122223333';

describe('parsePrincipalArn', () => {
  test.each([
    [`arn:aws:iam::${ACCOUNT}:role/worker`, 'aws', 'role', '/', 'worker'],
    [`arn:aws:iam::${ACCOUNT}:role/team/nodes/worker`, 'aws', 'role', '/team/nodes/', 'worker'],
    [`arn:aws-cn:iam::${ACCOUNT}:user/alice@example.com`, 'aws-cn', 'user', '/', 'alice@example.com'],
    [`arn:aws-us-gov:iam::${ACCOUNT}:user/a/b+c=d,e.f-g_h`, 'aws-us-gov', 'user', '/a/', 'b+c=d,e.f-g_h'],
    [`arn:aws:iam::${ACCOUNT}:role/a!~/x`, 'aws', 'role', '/a!~/', 'x'],
  ] as const)('reads %s', (arn, partition, kind, path, name) => {
    expect(parsePrincipalArn(arn)).toEqual({ partition, accountId: ACCOUNT, kind, path, name });
  });

  test.each([
    '',
    'AROAEXAMPLEEXAMPLE12',
    `arn:aws:iam::${ACCOUNT}:root`,
    `arn:aws:iam::${ACCOUNT}:role/`,
    `arn:aws:iam::${ACCOUNT}:role/team/`,
    `arn:aws:iam::${ACCOUNT}:group/admins`,
    `arn:aws:iam::${ACCOUNT}:Role/worker`,
    `arn:aws:iam::1111:role/worker`,
    `arn:aws:iam::${ACCOUNT}:role/wor ker`,
    `arn:aws:iam::${ACCOUNT}:role/worker\n`,
    `arn:aws:iam::${ACCOUNT}:role/${'x'.repeat(65)}`,
    `arn:aws:iam::${ACCOUNT}:role/*`,
    `arn:aws:sts::${ACCOUNT}:assumed-role/worker/session`,
    ` arn:aws:iam::${ACCOUNT}:role/worker`,
  ])('takes %j for no role or user', (arn) => {
    expect(parsePrincipalArn(arn)).toBeUndefined();
  });
});

test('a session belongs to its role', () => {
  expect(parseSessionArn(`arn:aws:sts::${ACCOUNT}:assumed-role/deployer/run-7`)).toEqual({
    partition: 'aws',
    accountId: ACCOUNT,
    kind: 'role',
    name: 'deployer',
  });
});

test.each([`arn:aws:iam::${ACCOUNT}:role/deployer`, `arn:aws:sts::${ACCOUNT}:federated-user/bob`, 'somebody'])(
  '%s is no session of a role',
  (arn) => {
    expect(parseSessionArn(arn)).toBeUndefined();
  },
);

const role = { partition: 'aws', accountId: ACCOUNT, kind: 'role', name: 'Worker' } as const;

test('two principals whose names differ only in case are the same', () => {
  expect(principalKey(role)).toBe(principalKey({ ...role, name: 'wORKER' }));
});

test.each([
  ['account', { ...role, accountId: '444455556666' }],
  ['kind', { ...role, kind: 'user' as const }],
  ['name', { ...role, name: 'worker2' }],
])('two principals with another %s are not', (_what, other) => {
  expect(principalKey(other)).not.toBe(principalKey(role));
});

test.each([
  [`arn:aws:iam::${ACCOUNT}:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS`, true],
  [`arn:aws-cn:iam::${ACCOUNT}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`, true],
  [`arn:aws:iam::${ACCOUNT}:role/AWSServiceRoleForNothing`, false],
  [`arn:aws:iam::${ACCOUNT}:role/team/aws-service-role/worker`, false],
  [`arn:aws:iam::${ACCOUNT}:user/aws-service-role/worker`, false],
])('%s is service-linked: %s', (arn, expected) => {
  expect(isServiceLinked(arn)).toBe(expected);
});
