import type { Ports } from './ports.ts';
import type { Place } from './shapes.ts';

type Accounts = Pick<Ports, 'ownAccount' | 'settings'>;

/** The accounts whose clusters and principals are looked after: our own first. */
export function accountsOf({ ownAccount, settings }: Accounts): string[] {
  return [...new Set([ownAccount.accountId, ...settings.memberAccounts])];
}

/** Every configured region of every account: which clusters there are in one doesn't depend on where a principal lives. */
export function placesOf(ports: Accounts): Place[] {
  return accountsOf(ports).flatMap((accountId) => ports.settings.regions.map((region) => ({ accountId, region })));
}

/** A place as people read it. */
export const placeName = ({ accountId, region }: Place): string => `${region} of account ${accountId}`;

/** Whether it lies in the place. */
export const isIn = (place: Place, { accountId, region }: Place): boolean =>
  accountId === place.accountId && region === place.region;
