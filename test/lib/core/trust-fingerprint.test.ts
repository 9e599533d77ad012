import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { AwsThrottled, PrincipalOfOtherAccount } from '../../../lib/core/errors.ts';
import type { PrincipalReading, Principals } from '../../../lib/core/ports.ts';
import { fingerprintTrust } from '../../../lib/core/trust-fingerprint.ts';

const ACCOUNT = '111122223333';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/ops/deployer`;
const USER = `arn:aws:iam::${ACCOUNT}:user/alice`;

/** IAM with these principals, by ARN. */
function iam(ids: Record<string, string>): Pick<Principals, 'read'> {
  return {
    async read({ kind, name }) {
      const found = Object.entries(ids).find(([arn]) => arn.includes(`:${kind}/`) && arn.endsWith(`/${name}`));
      return found && reading(...found);
    },
  };
}

const reading = (arn: string, principalId: string): PrincipalReading => ({
  arn,
  principalId,
  createdAt: '2026-11-01T12:00:00Z',
  path: '/',
  tags: {},
});

const principals = iam({ [ROLE]: 'AROADEPLOYERDEPLOYER', [USER]: 'AIDAALICEALICEALICE1' });

type Json = Record<string, unknown>;
const allow = (Principal: unknown, rest: Json = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRole',
  ...rest,
});
const policy = (...Statement: unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const ec2 = { Service: 'ec2.amazonaws.com' };

async function of(trustPolicy: string | undefined, of = principals): Promise<string> {
  const trust = await fingerprintTrust(trustPolicy, of);
  return 'fingerprint' in trust ? trust.fingerprint : `unreadable: ${trust.unreadable}`;
}

const condition = {
  StringEquals: { 'aws:PrincipalOrgID': 'o-1', 'sts:ExternalId': ['b', 'a'] },
  Bool: { 'aws:MultiFactorAuthPresent': 'true' },
};

describe('two ways to write the same have one fingerprint', () => {
  test.each<[string, string, string]>([
    ['white space', policy(allow(ec2)), JSON.stringify(JSON.parse(policy(allow(ec2))), null, 4)],
    [
      'order of elements',
      policy(allow(ec2)),
      JSON.stringify({
        Statement: [{ Action: 'sts:AssumeRole', Principal: ec2, Effect: 'Allow' }],
        Version: '2012-10-17',
      }),
    ],
    [
      'labels',
      policy(allow(ec2)),
      JSON.stringify({ Id: 'p', Version: '2012-10-17', Statement: [allow(ec2, { Sid: 'Nodes' })] }),
    ],
    [
      'one statement without a list',
      policy(allow(ec2)),
      JSON.stringify({ Version: '2012-10-17', Statement: allow(ec2) }),
    ],
    [
      'one name without a list',
      policy(allow(ec2)),
      policy(allow({ Service: ['ec2.amazonaws.com'] }, { Action: ['sts:AssumeRole'] })),
    ],
    ['the case of an action', policy(allow(ec2)), policy(allow(ec2, { Action: 'STS:assumeROLE' }))],
    ['China’s spelling', policy(allow(ec2)), policy(allow({ Service: 'ec2.amazonaws.com.cn' }))],
    [
      'an account and its root',
      policy(allow({ AWS: ACCOUNT })),
      policy(allow({ AWS: `arn:aws:iam::${ACCOUNT}:root` })),
    ],
    [
      'an account and its root in China',
      policy(allow({ AWS: ACCOUNT })),
      policy(allow({ AWS: `arn:aws-cn:iam::${ACCOUNT}:root` })),
    ],
    ['order of statements', policy(allow(ec2), allow({ AWS: ACCOUNT })), policy(allow({ AWS: ACCOUNT }), allow(ec2))],
    ['order of names', policy(allow({ AWS: [ROLE, USER] })), policy(allow({ AWS: [USER, ROLE] }))],
    [
      'a statement each',
      policy(allow({ AWS: [ROLE, USER], ...ec2 })),
      policy(allow({ AWS: ROLE }), allow(ec2), allow({ AWS: USER })),
    ],
    ['the same twice', policy(allow(ec2)), policy(allow(ec2), allow(ec2))],
    ['no condition', policy(allow(ec2)), policy(allow(ec2, { Condition: {} }))],
    [
      'the old version and none',
      JSON.stringify({ Statement: allow(ec2) }),
      JSON.stringify({ Version: '2008-10-17', Statement: allow(ec2) }),
    ],
    [
      'conditions in another order, with other case of keys and other forms of values',
      policy(allow(ec2, { Condition: condition })),
      policy(
        allow(ec2, {
          Condition: {
            Bool: { 'AWS:multifactorauthpresent': true },
            StringEquals: { 'sts:externalid': ['a', 'b', 'a'], 'aws:principalorgid': ['o-1'] },
          },
        }),
      ),
    ],
    [
      'a number as text',
      policy(allow(ec2, { Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 } } })),
      policy(allow(ec2, { Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } } })),
    ],
  ])('%s', async (_what, one, other) => {
    expect(await of(one)).toMatch(/^[0-9a-f]{64}$/);
    expect(await of(other)).toBe(await of(one));
  });
});

describe('whatever changes the meaning changes the fingerprint', () => {
  const was = policy(allow({ AWS: ROLE, ...ec2 }, { Condition: condition }));
  const is = (change: (statement: any) => void) => {
    // oxlint-disable-next-line typescript/no-unsafe-argument -- each row changes one statement as it likes
    const document = JSON.parse(was);
    change(document.Statement[0]);
    return JSON.stringify(document);
  };
  test.each<[string, string]>([
    ['Deny for Allow', is((statement) => (statement.Effect = 'Deny'))],
    ['another service', is((statement) => (statement.Principal.Service = 'ecs.amazonaws.com'))],
    ['a regional service', is((statement) => (statement.Principal.Service = 'ec2.us-east-1.amazonaws.com'))],
    ['one service more', is((statement) => (statement.Principal.Service = ['ec2.amazonaws.com', 'ssm.amazonaws.com']))],
    ['one service less', is((statement) => delete statement.Principal.Service)],
    ['another account', is((statement) => (statement.Principal.AWS = '444455556666'))],
    ['the account for its role', is((statement) => (statement.Principal.AWS = ACCOUNT))],
    ['a user for a role', is((statement) => (statement.Principal.AWS = USER))],
    [
      'a provider for a service',
      is((statement) => (statement.Principal = { AWS: ROLE, Federated: 'ec2.amazonaws.com' })),
    ],
    ['another action', is((statement) => (statement.Action = 'sts:TagSession'))],
    ['one action more', is((statement) => (statement.Action = ['sts:AssumeRole', 'sts:TagSession']))],
    ['every action', is((statement) => (statement.Action = 'sts:*'))],
    ['no condition', is((statement) => delete statement.Condition)],
    ['one test less', is((statement) => delete statement.Condition.Bool)],
    [
      'another operator',
      is((statement) => (statement.Condition = { ...condition, Bool: undefined, BoolIfExists: condition.Bool })),
    ],
    ['another key', is((statement) => (statement.Condition.Bool = { 'aws:SecureTransport': 'true' }))],
    ['another value', is((statement) => (statement.Condition.Bool = { 'aws:MultiFactorAuthPresent': 'false' }))],
    ['another case of a value', is((statement) => (statement.Condition.StringEquals['aws:PrincipalOrgID'] = 'O-1'))],
    ['one value more', is((statement) => statement.Condition.StringEquals['sts:ExternalId'].push('c'))],
    [
      'a key that is a property of every object',
      is((statement) => (statement.Condition.StringEquals.constructor = 'x')),
    ],
    ['the old version, in which ${…} is plain text', was.replace('2012-10-17', '2008-10-17')],
    ['one statement more', policy(...JSON.parse(was).Statement, allow({ AWS: USER }))],
  ])('%s', async (_what, changed) => {
    expect(await of(changed)).toMatch(/^[0-9a-f]{64}$/);
    expect(await of(changed)).not.toBe(await of(was));
  });

  test('a condition on one of two principals is not one on both', async () => {
    const onOne = policy(allow({ AWS: ROLE }, { Condition: condition }), allow(ec2));
    expect(await of(onOne)).not.toBe(await of(was));
  });

  test('a trusted role made anew is somebody else', async () => {
    const later = iam({ [ROLE]: 'AROANEWNEWNEWNEWNEWN' });
    expect(await of(was, later)).toMatch(/^[0-9a-f]{64}$/);
    expect(await of(was, later)).not.toBe(await of(was));
  });
});

describe('has no fingerprint', () => {
  const trusting = (principal: unknown) => policy(allow(principal));
  const under = (Condition: unknown) => policy(allow(ec2, { Condition }));
  test.each<[string, string | undefined, RegExp]>([
    ['no trust policy', undefined, /has no trust policy/],
    ['no JSON', '{', /not JSON/],
    ['no object', '"*"', /not an object/],
    ['a list', '[]', /not an object/],
    ['null', 'null', /not an object/],
    ['an unknown version', '{"Version":"2030-01-01","Statement":[]}', /Version/],
    ['a version that is no text', '{"Version":2012,"Statement":[]}', /Version/],
    ['an unknown element', '{"Statement":[],"Extra":1}', /'Extra'/],
    ['no statement', '{"Version":"2012-10-17"}', /Statement 1 is not an object/],
    ['an empty list of statements', policy(), /no statement/],
    ['NotPrincipal', policy({ Effect: 'Deny', NotPrincipal: ec2, Action: 'sts:AssumeRole' }), /'NotPrincipal'/],
    ['NotAction', policy({ Effect: 'Allow', Principal: ec2, NotAction: 'sts:TagSession' }), /'NotAction'/],
    ['Resource', policy(allow(ec2, { Resource: '*' })), /'Resource'/],
    ['an unknown effect', policy(allow(ec2, { Effect: 'allow' })), /Effect/],
    [
      'no principal',
      policy({ Effect: 'Allow', Action: 'sts:AssumeRole' }),
      /Principal of Statement 1 is not an object/,
    ],
    ['everybody', trusting('*'), /trusts everybody/],
    ['every AWS principal', trusting({ AWS: '*' }), /trusts AWS '\*'/],
    ['everybody among others', trusting({ AWS: [ROLE, '*'] }), /trusts AWS '\*'/],
    ['the second statement', policy(allow(ec2), allow({ AWS: '*' })), /Statement 2/],
    ['every provider', trusting({ Federated: '*' }), /trusts Federated/],
    ['services by pattern', trusting({ Service: '*.amazonaws.com' }), /trusts Service/],
    ['an unknown kind', trusting({ CanonicalUser: 'x' }), /'CanonicalUser'/],
    ['no one', trusting({}), /is empty/],
    ['an empty list', trusting({ AWS: [] }), /is empty/],
    ['an empty name', trusting({ AWS: '' }), /not text/],
    ['a name that is no text', trusting({ AWS: [7] }), /not text/],
    ['the id of a deleted role', trusting({ AWS: 'AROAEXAMPLEEXAMPLE12' }), /trusts AWS 'AROA/],
    ['a session', trusting({ AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/deployer/x` }), /assumed-role/],
    ['half an ARN of an account', trusting({ AWS: `arn:aws:iam::${ACCOUNT}` }), /trusts AWS/],
    ['an account with a root behind', trusting({ AWS: `${ACCOUNT}:root` }), /trusts AWS/],
    ['a role that is not there', trusting({ AWS: `${ROLE}2` }), /could not be read/],
    [
      'a role that lives under another path',
      trusting({ AWS: `arn:aws:iam::${ACCOUNT}:role/deployer` }),
      /could not be read/,
    ],
    ['no action', policy({ Effect: 'Allow', Principal: ec2 }), /Action of Statement 1 is not text/],
    ['a condition that is a list', under([]), /Condition/],
    ['an operator without keys', under({ Bool: {} }), /empty for Bool/],
    ['an operator without an object', under({ Bool: 'x' }), /not an object/],
    ['a key without values', under({ Bool: { k: [] } }), /no value/],
    ['null for a value', under({ Null: { k: null } }), /not text/],
    ['a number that would be rounded', under({ NumericEquals: { k: 12345678901234567890 } }), /not text/],
    [
      'a key twice in two cases',
      under({ StringEquals: { 'aws:SourceArn': 'a', 'AWS:sourcearn': 'b' } }),
      /same key twice/,
    ],
    [
      'an element twice',
      policy(allow(ec2)).replace('"Action"', '"Principal":{"AWS":"444455556666"},"Action"'),
      /same key twice/,
    ],
  ])('%s', async (_what, trustPolicy, reason) => {
    expect(await fingerprintTrust(trustPolicy, principals)).toEqual({ unreadable: expect.stringMatching(reason) });
  });

  test('a trusted role of an account that IAM here knows nothing of', async () => {
    const elsewhere = { read: () => Promise.reject(new PrincipalOfOtherAccount('not ours')) };
    expect(await of(trusting({ AWS: ROLE }), elsewhere)).toMatch(/^unreadable: .*role\/ops\/deployer/);
  });

  test('a trusted role whose ARN IAM does not show yet', async () => {
    const fresh = { read: async () => reading('AROADEPLOYERDEPLOYER', 'AROADEPLOYERDEPLOYER') };
    expect(await of(trusting({ AWS: ROLE }), fresh)).toMatch(/^unreadable/);
  });
});

test('a failure of IAM goes through, so that it is tried again', async () => {
  const throttled = { read: () => Promise.reject(new AwsThrottled('iam:GetRole')) };
  await expect(fingerprintTrust(policy(allow({ AWS: ROLE })), throttled)).rejects.toThrow(AwsThrottled);
});

test('reads each trusted principal once', async () => {
  const asked: string[] = [];
  const counting = {
    read: (principal: Parameters<Principals['read']>[0]) => (asked.push(principal.name), principals.read(principal)),
  };
  await of(policy(allow({ AWS: [ROLE, USER, ROLE] }, { Action: ['sts:AssumeRole', 'sts:TagSession'] })), counting);
  expect(asked).toEqual(['deployer', 'alice']);
});

test('keys in the text of a value are no keys', async () => {
  const tricky = policy(allow(ec2, { Sid: '"Effect": "Deny", \\"Effect\\" :' }));
  expect(await of(tricky)).toBe(await of(policy(allow(ec2))));
});

describe('for policies of every kind', () => {
  const values = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 });
  const some = <T>(...of: T[]) => fc.uniqueArray(fc.constantFrom(...of), { minLength: 1, maxLength: of.length });
  const anyStatement = fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Principal: fc.record({ AWS: some(ROLE, USER, ACCOUNT), Service: some('ec2.amazonaws.com', 'ssm.amazonaws.com') }),
    Action: some('sts:AssumeRole', 'sts:TagSession'),
    Condition: fc.dictionary(
      fc.constantFrom('StringEquals', 'StringLike'),
      fc.dictionary(fc.constantFrom('k1', 'k2'), values, { minKeys: 1 }),
    ),
  });
  const anyStatements = fc.array(anyStatement, { minLength: 1, maxLength: 3 });

  /** Everything that may be in another order is: statements, keys, values; lists of one lose their brackets. */
  function rewritten(value: unknown): unknown {
    if (Array.isArray(value)) return value.length === 1 ? rewritten(value[0]) : value.map(rewritten).toReversed();
    if (typeof value !== 'object' || value === null) return value === ACCOUNT ? `arn:aws:iam::${ACCOUNT}:root` : value;
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, item]) => [key, rewritten(item)])
        .toReversed(),
    );
  }

  test.prop([anyStatements])('another way to write one has the same fingerprint', async (statements) => {
    const document = { Version: '2012-10-17', Statement: statements };
    expect(await of(JSON.stringify(rewritten(document), null, 2))).toBe(await of(JSON.stringify(document)));
  });

  /** What a policy allows and denies, said by an oracle that knows nothing of ours: one line for each combination. */
  const meaning = (
    statements: readonly {
      Effect: string;
      Principal: { AWS: string[]; Service: string[] };
      Action: string[];
      Condition: Json;
    }[],
  ) =>
    JSON.stringify(
      [
        ...new Set(
          statements.flatMap(({ Effect, Principal, Action, Condition }) =>
            [...Principal.AWS, ...Principal.Service].flatMap((who) =>
              Action.map((what) => {
                const tests = Object.entries(Condition).flatMap(([operator, keys]) =>
                  Object.entries(keys as Record<string, string[]>).map(
                    ([key, list]) => `${operator} ${key} ${list.toSorted().join()}`,
                  ),
                );
                return [Effect, who, what, ...tests.toSorted()].join(' | ');
              }),
            ),
          ),
        ),
      ].toSorted(),
    );

  test.prop([anyStatements, anyStatements])(
    'two have one fingerprint just when they mean the same',
    async (one, other) => {
      const same = (await of(policy(...one))) === (await of(policy(...other)));
      expect(same).toBe(meaning(one) === meaning(other));
    },
  );
});
