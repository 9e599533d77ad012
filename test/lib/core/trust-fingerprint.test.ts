import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AwsThrottled, MemberAccessDenied, PrincipalOfOtherAccount } from '../../../lib/core/errors.ts';
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

async function of(trustPolicy: string | undefined, iamNow = principals): Promise<string> {
  const trust = await fingerprintTrust(trustPolicy, iamNow);
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
  const base = { Effect: 'Allow', Principal: { AWS: ROLE, ...ec2 }, Action: 'sts:AssumeRole', Condition: condition };
  const was = policy(base);
  const is = (change: Json) => policy({ ...base, ...change });
  const trusts = (change: Json) => is({ Principal: { ...base.Principal, ...change } });
  const under = (change: Json) => is({ Condition: { ...condition, ...change } });
  const whoAndWhat = condition.StringEquals;

  test.each<[string, string]>([
    ['Deny for Allow', is({ Effect: 'Deny' })],
    ['another service', trusts({ Service: 'ecs.amazonaws.com' })],
    ['a regional service', trusts({ Service: 'ec2.us-east-1.amazonaws.com' })],
    ['one service more', trusts({ Service: ['ec2.amazonaws.com', 'ssm.amazonaws.com'] })],
    ['one service less', trusts({ Service: undefined })],
    ['another account', trusts({ AWS: '444455556666' })],
    ['the account for its role', trusts({ AWS: ACCOUNT })],
    ['a user for a role', trusts({ AWS: USER })],
    ['a provider for a service', trusts({ Service: undefined, Federated: 'ec2.amazonaws.com' })],
    ['another action', is({ Action: 'sts:TagSession' })],
    ['one action more', is({ Action: ['sts:AssumeRole', 'sts:TagSession'] })],
    ['every action', is({ Action: 'sts:*' })],
    ['no condition', is({ Condition: undefined })],
    ['one test less', under({ Bool: undefined })],
    ['another operator', under({ Bool: undefined, BoolIfExists: condition.Bool })],
    ['another key', under({ Bool: { 'aws:SecureTransport': 'true' } })],
    ['another value', under({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } })],
    ['another case of a value', under({ StringEquals: { ...whoAndWhat, 'aws:PrincipalOrgID': 'O-1' } })],
    ['one value more', under({ StringEquals: { ...whoAndWhat, 'sts:ExternalId': ['b', 'a', 'c'] } })],
    ['a key that is a property of every object', under({ StringEquals: { ...whoAndWhat, constructor: 'x' } })],
    ['the old version, in which ${…} is plain text', was.replace('2012-10-17', '2008-10-17')],
    ['one statement more', policy(base, allow({ AWS: USER }))],
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
    ['a number that would be rounded', under({ NumericEquals: { k: 2 ** 53 } }), /not text/],
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

  test.each([
    ['that is neither ours nor a member', new PrincipalOfOtherAccount('not ours')],
    ['that lets us in no more', new MemberAccessDenied('no')],
  ])('a trusted role of an account %s', async (_what, error) => {
    const elsewhere = { read: () => Promise.reject(error) };
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

// IAM takes no more than 4,096 characters (IAM quotas), so this is no policy's doing.
test('a failure of our own goes through, too', async () => {
  const bottomless = '['.repeat(200_000) + ']'.repeat(200_000);
  await expect(fingerprintTrust(bottomless, principals)).rejects.toThrow(RangeError);
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

const some = <T>(...names: T[]) => fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: names.length });

const anyStatement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Principal: fc.record({ AWS: some(ROLE, USER, ACCOUNT), Service: some('ec2.amazonaws.com', 'ssm.amazonaws.com') }),
  Action: some('sts:AssumeRole', 'sts:TagSession'),
  Condition: fc.dictionary(
    fc.constantFrom('StringEquals', 'StringLike'),
    fc.dictionary(fc.constantFrom('k1', 'k2'), some('a', 'b', 'c'), { minKeys: 1 }),
  ),
});
type Statement = typeof anyStatement extends fc.Arbitrary<infer Of> ? Of : never;
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

/** What policies allow and deny, told by an oracle that knows nothing of ours: one line for each combination. */
function meaning(statements: readonly Statement[]): string {
  const lines = statements.flatMap(({ Effect, Principal, Action, Condition }) => {
    const tests = Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => `${operator} ${key} ${values.toSorted().join()}`),
    );
    return [...Principal.AWS, ...Principal.Service].flatMap((who) =>
      Action.map((what) => [Effect, who, what, ...tests.toSorted()].join(' | ')),
    );
  });
  return [...new Set(lines)].toSorted().join('\n');
}

describe('for policies of every kind', () => {
  test('another way to write one has the same fingerprint', async () => {
    await fc.assert(
      fc.asyncProperty(anyStatements, async (statements) => {
        const document = { Version: '2012-10-17', Statement: statements };
        expect(await of(JSON.stringify(rewritten(document), null, 2))).toBe(await of(JSON.stringify(document)));
      }),
    );
  });

  test('two have one fingerprint just when they mean the same', async () => {
    await fc.assert(
      fc.asyncProperty(anyStatements, anyStatements, async (one, other) => {
        const isSame = (await of(policy(...one))) === (await of(policy(...other)));
        expect(isSame).toBe(meaning(one) === meaning(other));
      }),
    );
  });
});
