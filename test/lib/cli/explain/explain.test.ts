import { execFileSync } from 'node:child_process';
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { handChecks, shellWord } from '../../../../lib/cli/explain/hand-checks.ts';
import { simulate, type Simulation } from '../../../simulator/simulate.ts';
import { ACCOUNT, trusting } from '../../../simulator/world-options.ts';
import { typed } from '../service/service-world.ts';

const NODES = `arn:aws:iam::${ACCOUNT}:role/nodes`;

const Explained = v.looseObject({
  schemaVersion: v.literal(1),
  summary: v.looseObject({ entries: v.number(), verdict: v.string() }),
  entries: v.array(
    v.looseObject({
      verdict: v.string(),
      explanation: v.string(),
      evidence: v.looseObject({ principalId: v.optional(v.string()), trustPolicy: v.string() }),
      notes: v.array(v.string()),
      whatToDo: v.array(v.string()),
      checkByHand: v.array(v.string()),
    }),
  ),
  log: v.optional(v.array(v.looseObject({ principalArn: v.string(), cameAs: v.string(), times: v.number() }))),
  notOurs: v.optional(v.array(v.string())),
  notEvaluated: v.array(v.unknown()),
});

const EU = ['--region', 'eu-west-1'];

async function explained(world: Simulation, argv: readonly string[], input?: string) {
  const ran = await typed(world, ['explain', ...argv, ...EU, '-o', 'json'], input === undefined ? {} : { input });
  return { ...ran, document: v.parse(Explained, JSON.parse(ran.stdout.join('\n'))) };
}

/** Nothing heals: CloudTrail's events arrive nowhere. */
const UNHEALED = { travel: { copies: () => 0 }, ledger: 'dynamodb' } as const;

async function staleWorld(trust?: object) {
  const tags = { 'aws:cloudformation:stack-name': 'platform' };
  const world = await simulate({ ...UNHEALED, entries: [{ role: 'nodes', tags, ageSeconds: 86_400 }] });
  await world.recreateRole({ name: 'nodes', ...(trust && { trust }) });
  await world.pass(3600);
  return world;
}

/** A line as AWS's and others' pages quote it. */
const denied = (more = '', arn = NODES, client = '127.0.0.1:33384') =>
  `time="2026-03-02T09:20:00Z" level=warning msg="access denied" arn="${arn}" client="${client}" error="identity is not mapped" method=POST path=/authenticate${more}`;

const idIn = (world: Simulation) => world.aws.iam.findByArn(NODES)?.uniqueId ?? '';

describe('the entry of a role that was made anew', () => {
  let world: Simulation;
  beforeAll(async () => {
    world = await staleWorld();
  });

  test('is explained with both times, the id, the mode, the profiles, the owner and how to prevent it', async () => {
    const { code, stdout } = await typed(world, ['explain', 'prod', 'nodes', ...EU]);
    expect(code).toBe(0);
    const text = stdout.join('\n');
    expect(stdout[0]).toBe(`stale  ${NODES} in prod (eu-west-1), EC2_LINUX`);
    expect(stdout[1]).toContain('the principal is newer than its entry');
    expect(text).toContain('entry made           2026-03-01 09:00:00Z');
    expect(text).toContain('principal made       2026-03-02 09:00:05Z');
    expect(text).toContain(`principal's id       ${idIn(world)}`);
    expect(text).toContain('authentication mode  API');
    expect(text).toContain('trust policy         unchanged');
    expect(text).toContain('instance profiles    none');
    expect(text).toContain('a tag of the entry says that CloudFormation made the entry');
    expect(text).toContain('to prevent this: give the role no RoleName');
    expect(stdout.at(-1)).toBe('explained: 1 stale');
  });

  test('comes with the command that plans its rebind, and with commands that only read', async () => {
    const { document } = await explained(world, ['prod', 'nodes']);
    const [entry] = document.entries;
    expect(entry?.whatToDo).toContain(
      `plan it: eks-rebind fix --region eu-west-1 --cluster prod --principal-arn ${NODES} --dry-run`,
    );
    expect(entry?.checkByHand).toEqual([
      `aws eks describe-access-entry --region eu-west-1 --cluster-name prod --principal-arn ${NODES} --query 'accessEntry.[createdAt,type,accessEntryArn]'`,
      `aws eks list-associated-access-policies --region eu-west-1 --cluster-name prod --principal-arn ${NODES}`,
      'aws eks describe-cluster --region eu-west-1 --name prod --query cluster.accessConfig.authenticationMode',
      `aws iam get-role --role-name nodes --query 'Role.[CreateDate,RoleId,Arn]'`,
      'aws iam list-instance-profiles-for-role --role-name nodes',
      'aws cloudtrail lookup-events --region us-east-1 --lookup-attributes AttributeKey=ResourceName,AttributeValue=nodes',
    ]);
  });

  test.each([NODES, `arn:aws:sts::${ACCOUNT}:assumed-role/nodes/i-0123456789abcdef0`])(
    'is found by %s, too',
    async (principal) => {
      const { document } = await explained(world, ['prod', principal]);
      expect(document.entries).toMatchObject([{ verdict: 'stale', principalArn: NODES }]);
    },
  );

  test('is explained alike in YAML', async () => {
    const { stdout } = await typed(world, ['explain', 'prod', 'nodes', ...EU, '-o', 'yaml']);
    expect(stdout.join('\n')).toContain('\n  - accountId: "111122223333"\n');
    expect(stdout.join('\n')).toContain('\n    verdict: "stale"\n');
  });

  test('and nothing was changed by explaining it', async () => {
    const written = () => {
      return world.aws.calls.all.filter(({ operation }) => !/^(Get|List|Describe|Query)/.test(operation)).length;
    };
    const before = written();
    await explained(world, ['prod', 'nodes']);
    expect(written()).toBe(before);
  });

  describe('and a line of the authenticator log', () => {
    test('with the living id says that the entry holds an earlier one', async () => {
      const { document, code } = await explained(world, [], denied(` userid=${idIn(world)}`));
      expect(code).toBe(0);
      expect(document.log?.[0]?.cameAs).toContain(
        'which is the living principal: its entry holds the id of an earlier one',
      );
      expect(document.entries).toMatchObject([{ verdict: 'stale' }]);
    });

    test('with another id says that a session of an earlier role came', async () => {
      const { document } = await explained(world, ['prod'], denied(' userid=AROAEXAMPLEEXAMPLE12'));
      expect(document.log?.[0]?.cameAs).toContain(
        `AROAEXAMPLEEXAMPLE12 came, and the principal's id is ${idIn(world)}`,
      );
      expect(document.log?.[0]?.cameAs).toContain('Get new credentials');
    });

    test('without an id says where to find it, and takes it from the line just before', async () => {
      const { document: without } = await explained(world, [], denied());
      expect(without.log?.[0]?.cameAs).toContain('does not tell which id came');
      const response = `level=info msg="STS response" accountid=${ACCOUNT} arn="${NODES}" client="127.0.0.1:33384" userid=${idIn(world)}`;
      const { document } = await explained(world, [], `${response}\n${denied()}\n`);
      expect(document.log).toMatchObject([{ userId: idIn(world) }]);
      expect(document.notOurs).toEqual([]);
    });

    test('that comes again and again is told once, with how often', async () => {
      const { document } = await explained(world, [], [denied(), denied(), denied()].join('\n'));
      expect(document.log).toMatchObject([{ times: 3 }]);
      expect(document.entries).toHaveLength(1);
    });

    test('of an older release, or in the JSON of a container runtime, is read as well', async () => {
      const old = denied().replace('identity is not mapped', `ARN is not mapped: ${NODES}`);
      const { document } = await explained(world, [], JSON.stringify({ log: `${old}\n`, stream: 'stderr' }));
      expect(document.entries).toMatchObject([{ verdict: 'stale' }]);
    });

    test('about somebody without an entry says that nothing maps them', async () => {
      const arn = `arn:aws:iam::${ACCOUNT}:role/nobody`;
      const { stdout } = await typed(world, ['explain', ...EU], { input: denied('', arn) });
      expect(stdout.at(-1)).toContain('no access entry names whoever was turned away');
      const { document } = await explained(world, ['prod'], denied('', arn));
      expect(document.entries).toMatchObject([
        { verdict: 'noEntry', explanation: 'no access entry of this cluster names this principal' },
      ]);
    });
  });
});

test('a trust policy that differs from the recorded one is told', async () => {
  const world = await staleWorld(trusting({ Service: 'lambda.amazonaws.com' }));
  const { document } = await explained(world, ['prod', 'nodes']);
  expect(document.entries).toMatchObject([{ verdict: 'stale', evidence: { trustPolicy: 'changed' } }]);
});

test('where the service keeps no record, how the trust policy was is not known', async () => {
  const world = await simulate({ ...UNHEALED, inventory: false });
  await world.recreateRole({ name: 'nodes' });
  await world.pass(3600);
  const { document } = await explained(world, ['prod', 'nodes']);
  expect(document.entries).toMatchObject([
    { evidence: { trustPolicy: 'not known', trustPolicyWhy: 'the service has no record of how it was' } },
  ]);
});

test('a healthy entry is not what keeps anybody out', async () => {
  const world = await simulate(UNHEALED);
  const { document } = await explained(world, ['prod', 'nodes']);
  expect(document.entries).toMatchObject([{ verdict: 'healthy' }]);
  expect(document.entries[0]?.whatToDo[0]).toContain('not what keeps anybody out');
  expect(document.entries[0]?.notes.join()).not.toContain('to prevent this');
});

test('in a cluster without access entries, rows of aws-auth are what counts', async () => {
  const world = await simulate({ ...UNHEALED, clusters: [{ name: 'old', mode: 'CONFIG_MAP' }] });
  const { document } = await explained(world, ['old', 'nodes']);
  expect(document.entries).toMatchObject([
    { verdict: 'notApplicable', evidence: { authenticationMode: 'CONFIG_MAP' } },
  ]);
});

test.each([
  [
    'msg="access denied" client="127.0.0.1:1" error="input token was not properly formatted: token is missing expected \\"k8s-aws-v1.\\" prefix"',
    'expected "k8s-aws-v1." prefix: the token itself was no use',
  ],
  [
    'msg="access denied" client="127.0.0.1:1" error="sts getCallerIdentity failed: error from AWS (expected 200, got 403)"',
    'STS did not take the credentials',
  ],
  [
    `level=info msg="access granted" arn="${NODES}" uid="aws-iam-authenticator:${ACCOUNT}:AROAEXAMPLEEXAMPLE12" username=nodes`,
    'access was granted',
  ],
  ['level=info msg="Starting server"', 'tells of nobody who was turned away'],
])('%s is not ours, and said so', async (line, says) => {
  const { document, stderr } = await explained(await simulate({ inventory: false }), [], line);
  expect(document.entries).toEqual([]);
  expect(document.notOurs).toHaveLength(1);
  expect(document.notOurs?.[0]).toContain(says);
  expect(stderr.at(-1)).toBe('nothing of this is about access entries');
});

test.each([
  [['prod', 'not a role'], '', "not 'not a role'"],
  [['other', 'nodes'], '', "no cluster 'other' in eu-west-1"],
  [[], 'nothing of the kind', "stdin holds no line of the authenticator's log"],
  [[], '', "stdin holds no line of the authenticator's log"],
  [['prod'], '', "explain whom in 'prod'? add a role's name or ARN: eks-rebind explain prod ROLE"],
])('explain %j with %j on stdin is refused in one line', async (argv, input, says) => {
  const { code, stdout, stderr } = await typed(await simulate({ inventory: false }), ['explain', ...argv, ...EU], {
    input,
  });
  expect(code).toBe(1);
  expect(stdout).toEqual([]);
  expect(stderr).toHaveLength(1);
  expect(stderr[0]).toContain(says);
});

test('a person at a terminal who names nothing is told what to name', async () => {
  const { code, stderr } = await typed(await simulate({ inventory: false }), ['explain'], { answers: [] });
  expect(code).toBe(1);
  expect(stderr).toEqual(['error: explain what? CLUSTER and PRINCIPAL, or a line of the authenticator log on stdin']);
});

test('a name that the AWS CLI would take for something else is written so that it does not', () => {
  const ref = { accountId: ACCOUNT, region: 'eu-west-1', clusterName: 'prod' };
  const lines = handChecks({ ...ref, principalArn: `arn:aws:iam::${ACCOUNT}:role/-a,b=c` }, 'STANDARD', 'us-east-1');
  expect(lines).toContain(`aws iam get-role --role-name=-a,b=c --query 'Role.[CreateDate,RoleId,Arn]'`);
  expect(lines.at(-1)).toBe(
    `aws cloudtrail lookup-events --region us-east-1 --lookup-attributes '[{"AttributeKey":"ResourceName","AttributeValue":"-a,b=c"}]'`,
  );
});

test('a user is looked up as a user', () => {
  const ref = { accountId: ACCOUNT, region: 'eu-west-1', clusterName: 'prod' };
  const lines = handChecks({ ...ref, principalArn: `arn:aws:iam::${ACCOUNT}:user/ann` }, 'STANDARD', 'us-east-1');
  expect(lines).toContain("aws iam get-user --user-name ann --query 'User.[CreateDate,UserId,Arn]'");
});

test.each(['plain', "it's", '$(id)', 'a b', '`x`', 'Role.[CreateDate]', ''])("a shell takes '%s' as it is", (text) => {
  expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text);
});
