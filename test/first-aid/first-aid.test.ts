import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import {
  DeleteAccessEntryCommand,
  DescribeAccessEntryCommand,
  EKSClient,
  UntagResourceCommand,
} from '@aws-sdk/client-eks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveAws, type ServedAws } from './served-aws.ts';

// The person with the outage, at a terminal, with nothing installed in the account: found, explained, planned, fixed; damaged by
// hand and undone; killed past the delete and resumed. Each command is a process of its own, over a socket, on the real clock.

const ROLE = 'arn:aws:iam::111122223333:role/eks-nodes';
const IN_PLATFORM = ['--region', 'eu-central-1', '--cluster', 'platform'];
const IN_BATCH = ['--region', 'us-east-1', '--cluster', 'batch'];

let aws: ServedAws;
beforeAll(async () => {
  aws = await serveAws();
}, 30_000);
afterAll(() => aws.stop());

const eksIn = (region: string) => {
  const {
    AWS_ENDPOINT_URL: endpoint = '',
    AWS_ACCESS_KEY_ID: accessKeyId = '',
    AWS_SECRET_ACCESS_KEY: secret = '',
  } = aws.env;
  return new EKSClient({ region, endpoint, credentials: { accessKeyId, secretAccessKey: secret } });
};
const described = async (region: string, clusterName: string) => {
  const { accessEntry } = await eksIn(region).send(new DescribeAccessEntryCommand({ clusterName, principalArn: ROLE }));
  return accessEntry;
};
const ledgerFiles = () => readdirSync(aws.folder).filter((file) => file.endsWith('.jsonl'));
const parsed = (text: string): Record<string, unknown> => JSON.parse(text);

describe('the recreated role of nodes', () => {
  test('is found: in a table, and with --fail as exit code 2', async () => {
    const { code, stdout } = await aws.run('scan', '--region', 'all', '--fail');
    expect(code).toBe(2);
    expect(stdout.match(/^stale /gm)).toHaveLength(3);
    expect((await aws.run('scan', '--region', 'all')).code).toBe(0);
  });

  test('is found in JSON, one document and nothing else on stdout', async () => {
    const { code, stdout } = await aws.run('scan', '--region', 'all', '-o', 'json');
    expect(code).toBe(0);
    expect(parsed(stdout)).toMatchObject({
      schemaVersion: 1,
      summary: { entries: 7, verdicts: { stale: 3, healthy: 4 } },
    });
  });

  test('is explained in words and in JSON', async () => {
    const inWords = await aws.run('explain', 'platform', 'eks-nodes', '--region', 'eu-central-1');
    expect(inWords).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('the principal is newer than its entry'),
    });
    const inJson = await aws.run('explain', 'platform', ROLE, '--region', 'eu-central-1', '-o', 'json');
    expect(JSON.stringify(parsed(inJson.stdout))).toContain('"stale"');
  });

  test('is planned, and nothing changes without a yes: exit code 2', async () => {
    const before = await described('eu-central-1', 'platform');
    const { code, stdout } = await aws.run('fix', ...IN_PLATFORM);
    expect(code).toBe(2);
    expect(stdout).toContain('before');
    expect(await described('eu-central-1', 'platform')).toEqual(before);
    expect(ledgerFiles()).toEqual([]);
  });

  test('is fixed with --yes, whole, and a scan finds nothing stale there', async () => {
    const before = await described('eu-central-1', 'platform');
    expect(await aws.run('fix', ...IN_PLATFORM, '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Rebound'),
    });
    const after = await described('eu-central-1', 'platform');
    expect(after?.accessEntryArn).not.toBe(before?.accessEntryArn);
    expect(after).toMatchObject({ type: before?.type, tags: before?.tags, username: before?.username });
    expect((await aws.run('scan', ...IN_PLATFORM, '--fail')).code).toBe(0);
  }, 90_000);

  test('damaged by hand, its tags taken away, it is undone from the file that the fix left', async () => {
    const fixed = await described('eu-central-1', 'platform');
    const resourceArn = fixed?.accessEntryArn ?? '';
    const tagKeys = Object.keys(fixed?.tags ?? {});
    expect(tagKeys.length).toBeGreaterThan(0);
    await eksIn('eu-central-1').send(new UntagResourceCommand({ resourceArn, tagKeys }));
    const [file = ''] = ledgerFiles();
    expect((await aws.run('undo', file, '--dry-run')).stdout).toContain(tagKeys[0]);
    expect((await aws.run('undo', file, '--yes')).code).toBe(0);
    expect((await described('eu-central-1', 'platform'))?.tags).toEqual(fixed?.tags);
  }, 90_000);

  test('deleted by hand, it is undone as well', async () => {
    const fixed = await described('eu-central-1', 'platform');
    const gone = new DeleteAccessEntryCommand({ clusterName: 'platform', principalArn: ROLE });
    await eksIn('eu-central-1').send(gone);
    const [file = ''] = ledgerFiles();
    expect((await aws.run('undo', file, '--yes', '-o', 'json')).code).toBe(0);
    expect(await described('eu-central-1', 'platform')).toMatchObject({ type: fixed?.type, tags: fixed?.tags });
  }, 90_000);

  test('killed after the delete, the fix is resumed and the entry is whole', async () => {
    const before = await described('us-east-1', 'batch');
    const fix = aws.start('fix', ...IN_BATCH, '--ledger', 'killed.jsonl', '--yes');
    let isGone = false;
    const watch = async () => {
      while (!isGone && fix.child.exitCode === null) {
        isGone = await described('us-east-1', 'batch').then(
          () => false,
          () => true,
        );
        if (isGone) fix.child.kill('SIGKILL');
        else await pause(5);
      }
    };
    await watch();
    await fix.ended;
    expect(isGone).toBe(true);
    await expect(described('us-east-1', 'batch')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect((await aws.run('fix', '--resume', 'killed.jsonl', '--yes')).code).toBe(0);
    const after = await described('us-east-1', 'batch');
    expect(after?.accessEntryArn).not.toBe(before?.accessEntryArn);
    expect(after).toMatchObject({ type: before?.type, tags: before?.tags, username: before?.username });
  }, 120_000);
});
