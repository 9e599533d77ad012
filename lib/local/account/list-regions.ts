import type { ListRegionsRequest, ListRegionsResponse } from '@aws-sdk/client-account';
import { AwsFault, type Call } from '../call.ts';
import { regionsOf } from './regions.ts';

// Account API reference, ListRegions: 1 to 50 a page.
const MOST_RESULTS = 50;

/** Lists the regions of the caller's account, or those in some states. */
export function listRegions(input: ListRegionsRequest, { caller }: Call) {
  const { AccountId, MaxResults = MOST_RESULTS, NextToken, RegionOptStatusContains } = input;
  if (AccountId !== undefined) {
    // Only an organisation's management account may ask for others, and not for itself (Account API reference); the text isn't known.
    throw new AwsFault(
      'AccessDeniedException',
      `User: ${caller.arn} is not authorized to perform: account:ListRegions`,
    );
  }
  const wanted = regionsOf(caller.partition).filter(
    ({ name, status }) =>
      (RegionOptStatusContains?.includes(status) ?? true) && (NextToken === undefined || name > NextToken),
  );
  const shown = wanted.slice(0, MaxResults);
  const last = shown.at(-1)?.name;
  return {
    Regions: shown.map(({ name, status }) => ({ RegionName: name, RegionOptStatus: status })),
    ...(last !== undefined && shown.length < wanted.length && { NextToken: last }),
  } satisfies ListRegionsResponse;
}
