import { describe, expect, test } from 'vitest';
import { createClients } from '../../../../lib/aws/clients.ts';
import { dynamodbLedger } from '../../../../lib/aws/dynamodb-ledger.ts';
import { LEDGER_TABLE } from '../../../../lib/aws/ledger-items.ts';
import { scanAll, type ScanAllOptions } from '../../../../lib/cli/scan/scan-all.ts';
import type { Journal, LedgerRecord } from '../../../../lib/core/ledger.ts';
import { newRecord } from '../../../../lib/core/update-record.ts';
import { allowing } from '../../local/allowing.ts';
import { runIn } from '../terminal.ts';
import { ACCOUNT, HOUR, REGION, roleArn, scannedWorld, START, VIEW } from './scanned-world.ts';

type World = ReturnType<typeof scannedWorld>;

const TABLE = 'eks-rebind-ledger';
const entryOf = (role: string) => ({
  accountId: ACCOUNT,
  region: REGION,
  clusterName: 'prod',
  principalArn: roleArn(role),
});
const isOfCluster = (_: unknown, input: Readonly<Record<string, unknown>>) => input['IndexName'] === 'by-cluster';
const hoursAgo = (hours: number) => new Date(START - hours * HOUR).toISOString();
const recordOf = (role: string, more: Partial<LedgerRecord> = {}): LedgerRecord => ({
  ...newRecord(entryOf(role)),
  ...more,
});

/** A cluster whose service remembers these records, in a table of this name. */
async function worldWith(records: readonly LedgerRecord[], table = TABLE): Promise<World> {
  const world = scannedWorld();
  const where = { accountId: ACCOUNT, partition: 'aws', region: 'us-east-1' };
  world.aws.deploy({ ...where, functions: {}, stateMachines: {}, rules: {}, tables: { [table]: LEDGER_TABLE } });
  const { runtime } = world.terminalOf();
  const clients = createClients({ ...runtime, env: { ...runtime.env, AWS_REGION: 'us-east-1' } });
  const ledger = dynamodbLedger(clients, table, runtime.random);
  for (const record of records) await world.run(() => ledger.write(record, 0));
  world.putCluster('prod');
  return world;
}

async function scanned(world: World, options: Partial<ScanAllOptions> = {}) {
  const session = await world.session();
  return world.run(() => scanAll(session, { concurrency: 8, ...options }));
}

/** A journal of a rebind that got no further than the delete, an hour ago. */
const deletingSince = hoursAgo(1);
const incarnation = { principalArn: roleArn('nodes'), principalId: 'AROANODES00000000000', createdAt: hoursAgo(2) };
const journal: Journal = {
  generation: 1,
  holder: `arn:aws:states:us-east-1:${ACCOUNT}:execution:eks-rebind-rebind-entry:one`,
  incarnation,
  attempt: 1,
  phase: 'deleting',
  cause: { kind: 'event' },
  startedAt: deletingSince,
  deletingSince,
  snapshot: {
    schemaVersion: 1,
    entryArn: `arn:aws:eks:${REGION}:${ACCOUNT}:access-entry/prod/role/${ACCOUNT}/nodes/1`,
    createdAt: hoursAgo(9),
    type: 'EC2',
    tags: {},
    lostTags: {},
    policies: [{ policyArn: VIEW, accessScope: { type: 'cluster' } }],
  },
};

describe("with the service's records", () => {
  test('an entry that was made just after its role is unproven where there was an earlier role', async () => {
    const world = await worldWith([recordOf('nodes', { knownPrincipalIds: ['AROAEARLIER000000000'] })]);
    world.putRole('nodes', { ageHours: 9 });
    world.putEntry('prod', 'nodes', { ageHours: 9 - 1 / 60 });
    const { entries, summary } = await scanned(world);
    expect(entries).toMatchObject([{ verdict: 'unproven' }]);
    expect(summary).toMatchObject({ ledger: TABLE, isComplete: true });
  });

  test('an entry whose role the service has missed for long is orphaned', async () => {
    const world = await worldWith([recordOf('gone', { absentSince: hoursAgo(3) })]);
    world.putEntry('prod', 'gone');
    expect((await scanned(world)).entries).toMatchObject([{ verdict: 'orphaned' }]);
  });

  test('an entry that the service deleted and did not bring back is missing, with what is left of it', async () => {
    const world = await worldWith([recordOf('nodes', { journal })]);
    world.putRole('nodes', { ageHours: 2 });
    world.aws.eks.state.addNodegroup({ ...entryOf('nodes'), name: 'blue', nodeRoleArn: roleArn('nodes') });
    const { entries } = await scanned(world);
    expect(entries).toEqual([
      {
        ...entryOf('nodes'),
        type: 'EC2',
        entryArn: journal.snapshot?.entryArn,
        entryCreatedAt: hoursAgo(9),
        verdict: 'missing',
        explanation: `the entry was deleted at ${deletingSince} to be made again, and is not back`,
        principalCreatedAt: hoursAgo(2),
        principalId: 'AROANODES00000000000',
        outageSeconds: 7200,
        nodeGroups: ['blue'],
        policies: ['AmazonEKSViewPolicy (cluster)'],
      },
    ]);
  });

  test.each([
    ['that is back', 'nodes', {}, {}],
    ['of a role that was not asked for', 'other', { principal: 'nodes' }, {}],
    ['of another cluster', 'other', {}, { clusterName: 'test' }],
    ['of another region', 'other', {}, { region: 'us-east-1' }],
  ])('an entry %s is not missing', async (_, role, options, elsewhere) => {
    const record = recordOf(role, { journal });
    const world = await worldWith([{ ...record, entry: { ...record.entry, ...elsewhere } }]);
    world.putRole('nodes');
    world.putEntry('prod', 'nodes');
    expect((await scanned(world, options)).entries.map(({ verdict }) => verdict)).toEqual(['healthy']);
  });

  test('a missing entry ends a pipeline with 2, as a stale one does', async () => {
    const world = await worldWith([recordOf('nodes', { journal })]);
    const terminal = world.terminalOf();
    const { code, stderr } = await world.run(() => runIn(terminal, 'scan', '--fail'));
    expect(code).toBe(2);
    expect(stderr).toEqual([`judged with the service's records, table '${TABLE}' in us-east-1`]);
  });

  test('it may be another table', async () => {
    const world = await worldWith([recordOf('nodes', { journal })], 'team-ledger');
    expect((await scanned(world, { ledger: 'team-ledger' })).summary.ledger).toBe('team-ledger');
    expect((await scanned(world)).summary).not.toHaveProperty('ledger');
  });
});

describe("without the service's records", () => {
  test('entries are judged by what is seen, which is no gap', async () => {
    const world = await worldWith([recordOf('gone', { absentSince: hoursAgo(3) })]);
    world.putRole('nodes', { ageHours: 2 });
    world.putEntry('prod', 'nodes');
    const actions = ['eks:*', 'iam:ListRoles', 'iam:ListUsers', 'iam:GetRole'];
    const session = await world.session({}, allowing(...actions));
    const { entries, notEvaluated, summary } = await world.run(() => scanAll(session, { concurrency: 8 }));
    expect(entries).toMatchObject([{ verdict: 'stale' }]);
    expect({ notEvaluated, isComplete: summary.isComplete }).toEqual({ notEvaluated: [], isComplete: true });
    expect(summary).not.toHaveProperty('ledger');
  });

  test('a table that was named and may not be read is an error', async () => {
    const world = await worldWith([]);
    const session = await world.session({}, allowing('eks:*', 'iam:*'));
    const scan = world.run(() => scanAll(session, { concurrency: 8, ledger: TABLE }));
    await expect(scan).rejects.toThrow(
      /^table 'eks-rebind-ledger' in us-east-1 can't be read: AccessDeniedException: .*; leave --ledger out to judge without it$/,
    );
  });

  test("the rest of a cluster is judged where its records can't be read, which is a gap", async () => {
    const world = await worldWith([]);
    world.putRole('nodes');
    world.putEntry('prod', 'nodes');
    world.aws.faults.inject({ operation: 'Query', when: isOfCluster, effect: { kind: 'unavailable' } });
    const { entries, notEvaluated, summary } = await scanned(world);
    expect(entries).toMatchObject([{ verdict: 'healthy' }]);
    expect(notEvaluated).toMatchObject([
      { clusterName: 'prod', reason: expect.stringContaining("the service's records: AwsUnavailable"), isGap: true },
    ]);
    expect(summary.isComplete).toBe(false);
  });
});
