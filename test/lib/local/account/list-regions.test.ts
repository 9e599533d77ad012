import { AccountClient, ListRegionsCommand, paginateListRegions } from '@aws-sdk/client-account';
import { expect, test } from 'vitest';
import { ACCOUNT, localWorld, ROOT } from '../local-world.ts';

test('an account has the regions that need no opting in, and the others are disabled', async () => {
  const client = new AccountClient(localWorld().config());
  const { Regions = [] } = await client.send(new ListRegionsCommand({}));
  const statusOf = new Map(Regions.map(({ RegionName, RegionOptStatus }) => [RegionName, RegionOptStatus]));
  expect(statusOf.get('eu-west-1')).toBe('ENABLED_BY_DEFAULT');
  expect(statusOf.get('af-south-1')).toBe('DISABLED');
});

test('regions are filtered by their status, and come in pages', async () => {
  const client = new AccountClient(localWorld().config());
  const names: string[] = [];
  const pages = paginateListRegions({ client, pageSize: 5 }, { RegionOptStatusContains: ['ENABLED_BY_DEFAULT'] });
  for await (const { Regions = [] } of pages) names.push(...Regions.map(({ RegionName = '' }) => RegionName));
  expect(names).toHaveLength(17);
  expect(new Set(names).size).toBe(17);
  expect(names).not.toContain('af-south-1');
});

test("another partition's account has other regions", async () => {
  const { aws, config } = localWorld();
  const credentials = aws.credentials.issue({ arn: ROOT.replace('arn:aws:', 'arn:aws-cn:') });
  const { Regions = [] } = await new AccountClient(config(credentials)).send(new ListRegionsCommand({}));
  expect(Regions.map(({ RegionName }) => RegionName)).toEqual(['cn-north-1', 'cn-northwest-1']);
});

test('nobody here may ask about another account', async () => {
  const client = new AccountClient(localWorld().config());
  await expect(client.send(new ListRegionsCommand({ AccountId: ACCOUNT }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});
