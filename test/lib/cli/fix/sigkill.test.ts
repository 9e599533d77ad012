import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configurationOf } from '../../../../lib/cli/stage/entry-configuration.ts';
import { noReadLag } from '../../../../lib/local/iam/read-lag.ts';
import { createLocalAws, createSeededRandom } from '../../../../lib/local/index.ts';
import { systemClock } from '../../../../lib/runtime.ts';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';
const ARN = `arn:aws:iam::${ACCOUNT}:role/people`;
const REF = { accountId: ACCOUNT, region: REGION, clusterName: 'prod', principalArn: ARN };
const HOUR = 3_600_000;

/** A local AWS behind a socket, on the machine's own clock, with an entry that is stale. */
async function listening() {
  const now = Date.now();
  const aws = createLocalAws({ clock: systemClock, random: createSeededRandom(1), lag: noReadLag });
  const common = { kind: 'role', partition: 'aws', accountId: ACCOUNT, path: '/', tags: {} } as const;
  const trustPolicy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  aws.iam.put({ ...common, name: 'people', arn: ARN, uniqueId: 'AROANEW', createDate: now - HOUR, trustPolicy });
  aws.eks.state.addCluster({ accountId: ACCOUNT, region: REGION, name: 'prod' });
  const policyArn = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';
  const policies = [{ policyArn, scope: { type: 'cluster' as const, namespaces: [] } }];
  const more = { type: 'STANDARD', kubernetesGroups: ['orders'], policies, boundId: 'AROAOLD' };
  aws.eks.state.addEntry({ ...REF, createdAt: now - 2 * HOUR, ...more });
  const server = await aws.listen();
  const key = aws.credentials.issue({ arn: `arn:aws:iam::${ACCOUNT}:user/ann` });
  const env = {
    PATH: process.env['PATH'],
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
  };
  return { aws, server, run: (...argv: string[]) => spawn(process.execPath, ['bin/eks-rebind.ts', ...argv], { env }) };
}

/** What a child wrote, and how it ended. */
function ended(child: ChildProcess): Promise<{ code: number | null; signal: string | null; text: string }> {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => (text += data.toString()));
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, text })));
}

// The settle reads of fix and of its resumption take a quarter of a minute each; the second creation is the one after the delete.
test.concurrent.each([
  ['right after the delete took effect', 'DeleteAccessEntry', 1],
  ['while it makes the entry again', 'CreateAccessEntry', 2],
  ['before it has all its policies', 'AssociateAccessPolicy', 2],
])('fix killed by SIGKILL %s: resumed, the entry is whole', { timeout: 120_000 }, async (_, operation, nth) => {
  const { aws, server, run } = await listening();
  const was = aws.eks.state.entry(REF);
  const ledger = join(mkdtempSync(join(tmpdir(), 'eks-rebind-')), 'x.ledger.jsonl');
  const fix = run('fix', '--yes', '--ledger', ledger);
  let calls = 0;
  aws.faults.inject({
    when(call) {
      if (call.operation === operation && (calls += 1) === nth) fix.kill('SIGKILL');
      return false;
    },
    effect: { kind: 'unavailable' },
  });
  const killed = await ended(fix);
  expect(killed.signal).toBe('SIGKILL');
  const resumed = await ended(run('fix', '--resume', ledger, '--yes'));
  expect(resumed.text).toMatch(/Rebound|nothing to do/);
  expect(resumed.code).toBe(0);
  const is = aws.eks.state.entry(REF);
  expect(is && configurationOf(is)).toEqual(was && configurationOf(was));
  expect([is?.boundId, is?.arn === was?.arn]).toEqual(['AROANEW', false]);
  await server.close();
});
