import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScanResult } from '../../lib/cli/scan/scan-result.ts';
import { noReadLag } from '../../lib/local/iam/read-lag.ts';
import { createLocalAws, createSeededRandom } from '../../lib/local/index.ts';
import { systemClock } from '../../lib/runtime.ts';

// Ten thousand entries over 300 clusters: what the command takes of memory and of IAM as people run it, compiled and in a process
// of its own. Run from its TypeScript, which Node strips first, it takes some 40 MiB more.

const CLUSTERS = 300;
const ENTRIES = 10_000;
const MOST_MIB = 200;
const ACCOUNT = '111122223333';
const [FULL, EMPTY] = ['eu-west-1', 'eu-west-2'];
const MADE = Date.parse('2026-11-20T00:00:00Z');

const aws = createLocalAws({ clock: systemClock, random: createSeededRandom(1), lag: noReadLag });
const project = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'eks-rebind-'));
let listening: Awaited<ReturnType<typeof aws.listen>> | undefined;

beforeAll(async () => {
  const tsc = join(project, 'node_modules/.bin/tsc');
  execFileSync(tsc, ['--project', join(project, 'tsconfig.build.json'), '--outDir', join(folder, 'dist')]);
  copyFileSync(join(project, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
  listening = await aws.listen();
  const roles = Array.from({ length: Math.ceil(ENTRIES / CLUSTERS) }, (_, index) => `role-${index}`);
  for (const name of roles) {
    const arn = `arn:aws:iam::${ACCOUNT}:role/${name}`;
    const uniqueId = `AROA${name.toUpperCase().replace('-', '').padEnd(16, '0')}`;
    // One in ten was made anew under its entries.
    const createDate = name.endsWith('0') ? MADE + 3_600_000 : MADE - 3_600_000;
    const common = { kind: 'role', partition: 'aws', accountId: ACCOUNT, path: '/', tags: {} } as const;
    aws.iam.put({ ...common, name, arn, uniqueId, createDate, trustPolicy: '{"Version":"2012-10-17","Statement":[]}' });
  }
  for (let index = 0; index < CLUSTERS; index += 1) {
    aws.eks.state.addCluster({ accountId: ACCOUNT, region: FULL, name: `cluster-${index}`, createdAt: MADE });
  }
  for (let index = 0; index < ENTRIES; index += 1) {
    const where = { accountId: ACCOUNT, region: FULL, clusterName: `cluster-${index % CLUSTERS}` };
    const principalArn = `arn:aws:iam::${ACCOUNT}:role/role-${Math.floor(index / CLUSTERS)}`;
    aws.eks.state.addEntry({ ...where, principalArn, createdAt: MADE, type: 'EC2_LINUX' });
  }
}, 60_000);
afterAll(() => listening?.close());

/** Runs `eks-rebind scan` in a process of its own: its document, and the most memory that it had resident. */
async function scanIn(region: string): Promise<{ result: ScanResult; peakMib: number }> {
  const { accessKeyId, secretAccessKey } = aws.credentials.issue({ arn: `arn:aws:iam::${ACCOUNT}:root` });
  const file = join(folder, `peak-${region}`);
  // `maxRSS` is in KiB, of the whole process, whenever it was the most (Node's documentation, process.resourceUsage).
  const note = `process.on('exit', () => fs.writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)))`;
  const hook = `data:text/javascript,${encodeURIComponent(`import fs from 'node:fs'; ${note}`)}`;
  const command = join(folder, 'dist/bin/eks-rebind.js');
  const argv = ['--import', hook, command, 'scan', '--region', region, '-o', 'json', '--quiet'];
  const env = {
    AWS_ENDPOINT_URL: listening?.url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
  const child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  child.stdout.on('data', (part: Buffer) => (stdout += part.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  return { result: JSON.parse(stdout), peakMib: Number(readFileSync(file, 'utf8')) / 1024 };
}

test('a scan of 10,000 entries over 300 clusters stays under 200 MiB, and reads roles by pages', async () => {
  const { result, peakMib } = await scanIn(FULL);
  expect(result.summary).toMatchObject({ clusters: CLUSTERS, entries: ENTRIES, isComplete: true });
  expect(result.summary.verdicts).toMatchObject({ stale: 1_200, healthy: 8_800 });
  expect(peakMib).toBeLessThan(MOST_MIB);
  // As much as is loaded anyway is not the entries'; what they add is a good deal less than the limit.
  const { peakMib: loaded } = await scanIn(EMPTY);
  expect(peakMib - loaded).toBeLessThan(MOST_MIB / 2);

  const counts = aws.calls.countByOperation({ region: FULL });
  expect(counts).toMatchObject({ DescribeAccessEntry: ENTRIES, DescribeCluster: CLUSTERS });
  // Two scans: a page of roles and one of users each.
  expect(aws.calls.countByOperation({ service: 'iam' })).toEqual({ ListRoles: 2, ListUsers: 2 });
}, 300_000);
