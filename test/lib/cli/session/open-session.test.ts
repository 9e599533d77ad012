import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openSession } from '../../../../lib/cli/session/open-session.ts';
import type { ConnectionOptions } from '../../../../lib/cli/session/session.ts';
import { createSeededRandom } from '../../../../lib/local/index.ts';
import { systemClock } from '../../../../lib/runtime.ts';
import { allowing } from '../../local/allowing.ts';
import { ACCOUNT, REGION, scannedWorld } from '../scan/scanned-world.ts';
import { fakeTerminal } from '../terminal.ts';

type Env = Readonly<Record<string, string>>;

/** AWS configuration files, for us and for the SDK, which looks for them in the process. */
function configFiles(config: string, credentials = ''): Env {
  const folder = mkdtempSync(join(tmpdir(), 'eks-rebind-'));
  const env = { AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials') };
  writeFileSync(env.AWS_CONFIG_FILE, config);
  writeFileSync(env.AWS_SHARED_CREDENTIALS_FILE, credentials);
  for (const [name, value] of Object.entries({ ...env, AWS_EC2_METADATA_DISABLED: 'true' })) vi.stubEnv(name, value);
  return env;
}

afterEach(() => vi.unstubAllEnvs());

/** Opens a session in a fresh local AWS, as somebody with keys in the environment. */
function opened(options: ConnectionOptions = {}, env: Env = {}, world = scannedWorld()) {
  return world.run(() => openSession(options, world.terminalOf(undefined, env)));
}

/** The one line that is said instead. */
const refusal = (session: Promise<unknown>): Promise<string> =>
  session.then(
    () => 'it was opened',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );

describe('a session', () => {
  test('knows whose credentials it has', async () => {
    await expect(opened()).resolves.toMatchObject({
      accountId: ACCOUNT,
      callerArn: `arn:aws:sts::${ACCOUNT}:assumed-role/people/session`,
      partition: 'aws',
      homeRegion: 'us-east-1',
    });
  });

  test("lives where IAM's events arise, in each partition", async () => {
    const { partition, homeRegion, regions } = await opened({ region: ['cn-northwest-1'] });
    expect({ partition, homeRegion, regions }).toEqual({
      partition: 'aws-cn',
      homeRegion: 'cn-north-1',
      regions: ['cn-northwest-1'],
    });
  });

  test.each<[string, ConnectionOptions, Env, string[]]>([
    [
      'the regions that are named, each once',
      { region: ['eu-west-1', 'us-east-2', 'eu-west-1'] },
      {},
      ['eu-west-1', 'us-east-2'],
    ],
    ['AWS_REGION', {}, { AWS_REGION: 'eu-north-1', AWS_DEFAULT_REGION: 'sa-east-1' }, ['eu-north-1']],
    ['AWS_DEFAULT_REGION', {}, { AWS_REGION: '', AWS_DEFAULT_REGION: 'sa-east-1' }, ['sa-east-1']],
  ])('looks at %s', async (_, options, env, regions) => {
    expect((await opened(options, env)).regions).toEqual(regions);
  });

  test("looks at the profile's region where nothing else is said", async () => {
    const env = configFiles('[profile work]\nregion = ap-south-1\n[default]\nregion = ca-central-1\n');
    expect((await opened({}, { ...env, AWS_REGION: '', AWS_PROFILE: 'work' })).regions).toEqual(['ap-south-1']);
    expect((await opened({}, { ...env, AWS_REGION: '' })).regions).toEqual(['ca-central-1']);
  });

  test('takes the profile that is named before keys that happen to be in the environment', async () => {
    const world = scannedWorld();
    const key = world.aws.credentials.issue({ arn: 'arn:aws:iam::444455556666:root' });
    const keys = `aws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`;
    const env = configFiles('[profile other]\nregion = eu-west-3\n', `[other]\n${keys}`);
    await expect(opened({ profile: 'other' }, env, world)).resolves.toMatchObject({ accountId: '444455556666' });
    await expect(opened({}, { ...env, AWS_PROFILE: 'other' }, world)).resolves.toMatchObject({ accountId: ACCOUNT });
  });

  test('means by all the regions that are enabled in the account', async () => {
    const { regions } = await opened({ region: ['all'] });
    expect(regions).toHaveLength(17);
    expect(regions).toContain('eu-west-1');
    expect(regions).not.toContain('af-south-1');
  });

  test('means by all the regions of the partition that the environment names', async () => {
    const world = scannedWorld();
    const { accessKeyId, secretAccessKey } = world.aws.credentials.issue({ arn: `arn:aws-cn:iam::${ACCOUNT}:root` });
    const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: '' };
    const { regions } = await opened({ region: ['all'] }, { AWS_REGION: 'cn-north-1', ...keys }, world);
    expect(regions).toEqual(['cn-north-1', 'cn-northwest-1']);
  });

  test('needs no region of its own for all of them', async () => {
    const env = { ...configFiles(''), AWS_REGION: '' };
    expect((await opened({ region: ['all'] }, env)).regions).toHaveLength(17);
  });
});

describe('no session is opened, and one line says why,', () => {
  test.each<[string, ConnectionOptions, string]>([
    [
      'for a region that nobody knows',
      { region: ['us-moon-1'] },
      "unknown region 'us-moon-1'; regions look like eu-central-1",
    ],
    ['for what is no region', { region: ['Frankfurt'] }, "unknown region 'Frankfurt'; regions look like eu-central-1"],
    [
      'for all regions and one more',
      { region: ['all', 'eu-west-1'] },
      "--region all means every region; leave the other --region's out",
    ],
    [
      'for regions of two partitions',
      { region: ['eu-west-1', 'cn-north-1'] },
      'regions of different partitions (aws, aws-cn) have no credentials in common',
    ],
    [
      'for credentials of another account',
      { account: '444455556666' },
      `the credentials are for account ${ACCOUNT} (arn:aws:sts::${ACCOUNT}:assumed-role/people/session), not for 444455556666; choose others with --profile`,
    ],
  ])('%s', async (_, options, line) => {
    expect(await refusal(opened(options))).toBe(`UsageError: ${line}`);
  });

  test('without a region', async () => {
    const env = { ...configFiles(''), AWS_REGION: '' };
    expect(await refusal(opened({}, env))).toBe('UsageError: no region; name one with --region, or set AWS_REGION');
  });

  test('for a profile that is not there', async () => {
    const env = configFiles('[profile work]\nregion = eu-west-1\n');
    expect(await refusal(opened({ profile: 'wrok' }, env))).toBe(
      "UsageError: no profile 'wrok' in the AWS configuration files; see aws configure list-profiles",
    );
  });

  test('without credentials', async () => {
    const env = configFiles('[profile empty]\nregion = eu-west-1\n');
    expect(await refusal(opened({ profile: 'empty' }, env))).toMatch(
      /^UsageError: no credentials \(.+\); set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or choose a profile with --profile$/,
    );
  });

  test.each([
    [
      'with expired credentials',
      { kind: 'fault', name: 'ExpiredToken', message: 'The security token included in the request is expired' },
      'the credentials have expired (ExpiredToken); get new ones and try again',
    ],
    [
      'with credentials that AWS does not take',
      {
        kind: 'fault',
        name: 'InvalidClientTokenId',
        message: 'The security token included in the request is invalid.',
      },
      'AWS does not take the credentials (InvalidClientTokenId: The security token included in the request is invalid); check the keys and the clock',
    ],
  ] as const)('%s', async (_, effect, line) => {
    const world = scannedWorld();
    world.aws.faults.inject({ operation: 'GetCallerIdentity', effect });
    expect(await refusal(opened({}, {}, world))).toBe(`UsageError: ${line}`);
  });

  test('where nobody answers in the region', async () => {
    const world = scannedWorld();
    world.aws.faults.inject({ operation: 'GetCallerIdentity', effect: { kind: 'connectionLost' } });
    expect(await refusal(opened({}, {}, world))).toMatch(
      /^UsageError: no answer from AWS at region eu-west-1 \(.+\); check the network, and the region or the endpoint$/,
    );
  });

  test('where nobody listens at the endpoint', async () => {
    const endpoint = 'http://127.0.0.1:9';
    const keys = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'x' };
    const runtime = { clock: systemClock, random: createSeededRandom(1) };
    const terminal = fakeTerminal({ env: { AWS_REGION: REGION, AWS_ENDPOINT_URL: endpoint, ...keys }, runtime });
    expect(await refusal(openSession({}, terminal))).toMatch(
      /^UsageError: no answer from AWS at AWS_ENDPOINT_URL http:\/\/127\.0\.0\.1:9 \(.*ECONNREFUSED.*\); check/,
    );
  });

  test("where the account's regions may not be listed", async () => {
    const world = scannedWorld();
    const session = world.session({ region: ['all'] }, allowing('eks:ListClusters'));
    expect(await refusal(session)).toMatch(
      /^UsageError: the account's regions can't be listed \(AccessDeniedException: .*account:ListRegions.*\); allow it, or name the regions with --region$/,
    );
  });
});

test('what nobody expected is thrown as it is', async () => {
  const world = scannedWorld();
  const effect = { kind: 'fault', name: 'Odd', message: 'never heard of' } as const;
  world.aws.faults.inject({ operation: 'GetCallerIdentity', effect });
  expect(await refusal(opened({}, {}, world))).toBe('Odd: never heard of');
});
