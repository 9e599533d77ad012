import type { Ports, PrincipalReading, Principals } from './ports.ts';
import { parsePrincipalArn, principalKey } from './principal.ts';
import { rememberReads } from './remembered-reads.ts';

/** What a sweep may reach. */
export type SweepPorts = Pick<
  Ports,
  'clusters' | 'accessEntries' | 'principals' | 'allPrincipals' | 'ledger' | 'rebinds' | 'settings'
>;

/** The world as one call of the sweep sees it: one pass over all principals, and every call beside it counted. */
export interface SweepWorld {
  readonly ports: SweepPorts;
  /** The principal of exactly this ARN, as the pass showed it. */
  living(principalArn: string): PrincipalReading | undefined;
  /** Principals as the pass showed them. One that it lacks is read once: pages may be short, and no proof of a deletion. */
  readonly passed: Principals;
  /** Principals as GetRole and GetUser show them, each read once. */
  readonly read: Principals['read'];
  /** How many clusters, entry lists, entries and single principals were read so far. */
  calls(): number;
}

/** Passes over all principals, once. */
export async function openSweepWorld(ports: SweepPorts): Promise<SweepWorld> {
  let calls = 0;
  function counted<Input extends unknown[], Output>(call: (...input: Input) => Promise<Output>) {
    return (...input: Input) => {
      calls += 1;
      return call(...input);
    };
  }
  const { clusters, accessEntries } = ports;
  const remembered = rememberReads({ read: counted((principal) => ports.principals.read(principal)) });
  const all = await ports.allPrincipals.list();
  const byArn = new Map(all.map((reading) => [reading.arn, reading]));
  const byName = new Map(
    all.flatMap((reading) => {
      const named = parsePrincipalArn(reading.arn);
      return named ? [[principalKey(named), reading] as const] : [];
    }),
  );
  return {
    ports: {
      ...ports,
      clusters: {
        ...clusters,
        describe: counted((region, clusterName) => clusters.describe(region, clusterName)),
      },
      accessEntries: {
        ...accessEntries,
        list: counted((region, clusterName) => accessEntries.list(region, clusterName)),
        describe: counted((entry) => accessEntries.describe(entry)),
      },
    },
    living: (principalArn) => byArn.get(principalArn),
    passed: { read: async (principal) => byName.get(principalKey(principal)) ?? remembered.read(principal) },
    read: (principal) => remembered.read(principal),
    calls: () => calls,
  };
}
