import { isOutOfReach } from './out-of-reach.ts';
import { accountsOf } from './places.ts';
import type { Ports, PrincipalReading, Principals } from './ports.ts';
import { parsePrincipalArn, principalKey } from './principal.ts';
import { rememberReads } from './remembered-reads.ts';

/** What a sweep may reach. */
export type SweepPorts = Pick<
  Ports,
  'ownAccount' | 'clusters' | 'accessEntries' | 'principals' | 'allPrincipals' | 'ledger' | 'rebinds' | 'settings'
>;

/** The world as one call of the sweep sees it: one pass over the account's principals, and every call beside it counted. */
export interface SweepWorld {
  readonly ports: SweepPorts;
  /** Whether principals of the account can be read: it is our own, or a member. */
  isReadable(accountId: string): boolean;
  /** The principal of exactly this ARN, as the pass showed it; one of another account, as it was read. */
  living(principalArn: string): Promise<PrincipalReading | undefined>;
  /** Principals as the pass showed them. One that it lacks is read once: pages may be short, and no proof of a deletion. */
  readonly passed: Principals;
  /** Principals as GetRole and GetUser show them, each read once. */
  readonly read: Principals['read'];
  /** How many clusters, entry lists, entries and single principals were read so far. */
  calls(): number;
}

/** Passes over all principals of the account, once. */
export async function openSweepWorld(ports: SweepPorts, accountId: string): Promise<SweepWorld> {
  let calls = 0;
  function counted<Input extends unknown[], Output>(call: (...input: Input) => Promise<Output>) {
    return (...input: Input) => {
      calls += 1;
      return call(...input);
    };
  }
  const { clusters, accessEntries } = ports;
  const remembered = rememberReads({ read: counted((principal) => ports.principals.read(principal)) });
  const all = await ports.allPrincipals.list(accountId);
  const byArn = new Map(all.map((reading) => [reading.arn, reading]));
  const byName = new Map(
    all.flatMap((reading) => {
      const named = parsePrincipalArn(reading.arn);
      return named ? [[principalKey(named), reading] as const] : [];
    }),
  );
  const readable = new Set(accountsOf(ports));

  /** An entry may name a role of another account: of those there are few, and a pass over that account would cost more. */
  async function livingElsewhere(principalArn: string): Promise<PrincipalReading | undefined> {
    const named = parsePrincipalArn(principalArn);
    if (!named || named.accountId === accountId) return undefined;
    try {
      const reading = await remembered.read(named);
      return reading?.arn === principalArn ? reading : undefined;
    } catch (error) {
      if (isOutOfReach(error)) return undefined;
      throw error;
    }
  }

  return {
    ports: {
      ...ports,
      clusters: {
        ...clusters,
        describe: counted((place, clusterName) => clusters.describe(place, clusterName)),
      },
      accessEntries: {
        ...accessEntries,
        list: counted((place, clusterName) => accessEntries.list(place, clusterName)),
        describe: counted((entry) => accessEntries.describe(entry)),
      },
    },
    isReadable: (id) => readable.has(id),
    living: async (principalArn) => byArn.get(principalArn) ?? livingElsewhere(principalArn),
    passed: { read: async (principal) => byName.get(principalKey(principal)) ?? remembered.read(principal) },
    read: (principal) => remembered.read(principal),
    calls: () => calls,
  };
}
