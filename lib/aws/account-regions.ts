import { AccountClient, paginateListRegions } from '@aws-sdk/client-account';
import type { Clients } from './clients.ts';
import { nameErrors } from './name-errors.ts';

// Regions that are being disabled still answer, those that are being enabled may not yet (Account API reference, ListRegions).
const ENABLED = ['ENABLED', 'ENABLED_BY_DEFAULT', 'DISABLING'] as const;

/**
 * Regions that are enabled in the caller's account: `account:ListRegions`. EC2's DescribeRegions tells the same with a client
 * that is many times larger.
 */
export function enabledRegions(clients: Clients): Promise<string[]> {
  return nameErrors('account:ListRegions', async () => {
    const found: string[] = [];
    const wanted = { RegionOptStatusContains: [...ENABLED] };
    for await (const { Regions = [] } of paginateListRegions({ client: clients.create(AccountClient) }, wanted)) {
      found.push(...Regions.flatMap(({ RegionName }) => RegionName ?? []));
    }
    return found.toSorted();
  });
}
