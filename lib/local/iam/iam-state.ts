import type { Clock, Random } from '../../runtime.ts';
import { randomBelow } from '../seeded-random.ts';
import { instanceProfileState, type InstanceProfileState } from './instance-profile-state.ts';
import { delayOf, readLag, type ReadLag } from './read-lag.ts';
import { trustedIds } from './trust-policy.ts';

export type PrincipalKind = 'role' | 'user';

/** A role or user as IAM knows it. */
export interface IamPrincipal {
  readonly kind: PrincipalKind;
  readonly partition: string;
  readonly accountId: string;
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  /** `AROA…` or `AIDA…`: made anew with every creation, whatever the name. */
  readonly uniqueId: string;
  /** Milliseconds since 1970, a whole second. */
  readonly createDate: number;
  /** Plain JSON, as it was handed in. Roles have one. */
  readonly trustPolicy?: string;
  /** The unique ids that the trust policy's role and user ARNs had when it was written; filled in by `put`. */
  readonly trustedIds?: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly description?: string;
  readonly maxSessionDuration?: number;
  /** ARN of the managed policy that bounds its permissions. */
  readonly permissionsBoundary?: string;
  /** ARNs of attached managed policies. */
  readonly attachedPolicies?: readonly string[];
  /** Ids of the lasting keys that CreateAccessKey made. */
  readonly accessKeys?: readonly string[];
  /** Inline policy documents by name. */
  readonly inlinePolicies?: Readonly<Record<string, string>>;
}

/** Every account's roles and users: the truth, and what each reader sees of it. */
export interface IamState {
  /** The truth. Names compare case-insensitively, as IAM's do. */
  find(accountId: string, kind: PrincipalKind, name: string): IamPrincipal | undefined;
  /** The truth, by exact ARN. */
  findByArn(arn: string): IamPrincipal | undefined;
  /** All of an account's living principals of a kind, by name. */
  all(accountId: string, kind: PrincipalKind): readonly IamPrincipal[];
  /** What a reader (`getrole:<accountId>`, `eks:<region>`) sees now: late, and perhaps an earlier incarnation. */
  seenBy(reader: string, accountId: string, kind: PrincipalKind, name: string): IamPrincipal | undefined;
  /** What a reader sees now of an account's principals; one replica answers for all of them. */
  allSeenBy(reader: string, accountId: string, kind: PrincipalKind): readonly IamPrincipal[];
  /** Creates or replaces. One with an older creation date counts as written then, so that a world can be built with a past. */
  put(principal: IamPrincipal): void;
  remove(accountId: string, kind: PrincipalKind, name: string): void;
  readonly instanceProfiles: InstanceProfileState;
}

interface Version {
  readonly at: number;
  /** Drawn at the write; each reader's delay follows from it. */
  readonly draw: number;
  readonly principal: IamPrincipal | undefined;
}

// GetRole is answered by one of several machines, so two reads in a row may differ (Terraform's AWS provider wants four good
// reads: internal/service/iam/wait.go).
const REPLICAS = 3;

const key = (accountId: string, kind: PrincipalKind, name: string) => `${accountId}/${kind}/${name.toLowerCase()}`;

/** The state behind IAM's operations and behind everything that reads IAM. */
export function createIamState(world: { clock: Clock; random: Random; lag?: Partial<ReadLag> }): IamState {
  const { clock, random } = world;
  const lag = readLag(world.lag);
  const histories = new Map<string, Version[]>();
  const versionsOf = (accountId: string, kind: PrincipalKind, name: string) =>
    histories.get(key(accountId, kind, name)) ?? [];

  const find: IamState['find'] = (accountId, kind, name) => versionsOf(accountId, kind, name).at(-1)?.principal;

  function findByArn(arn: string): IamPrincipal | undefined {
    const [, , service, , accountId = '', resource = ''] = arn.split(':');
    const [kind, ...rest] = resource.split('/');
    if (service !== 'iam' || (kind !== 'role' && kind !== 'user')) return undefined;
    const found = find(accountId, kind, rest.at(-1) ?? '');
    return found?.arn === arn ? found : undefined;
  }

  function write(accountId: string, kind: PrincipalKind, name: string, at: number, principal?: IamPrincipal): void {
    const version = { at, draw: random(), principal };
    const known = histories.get(key(accountId, kind, name));
    if (known) known.push(version);
    else histories.set(key(accountId, kind, name), [version]);
  }

  function put(principal: IamPrincipal): void {
    const { accountId, kind, name, createDate } = principal;
    const isNew = find(accountId, kind, name)?.uniqueId !== principal.uniqueId;
    const at = isNew && createDate <= clock.now() - 1000 ? createDate : clock.now();
    const ids = principal.trustedIds ?? trustedIds(principal.trustPolicy, findByArn);
    write(accountId, kind, name, at, { ...principal, trustedIds: ids });
  }

  /** `getrole` readers are several machines, of which chance picks one; any other reader is just itself. */
  const machineOf = (reader: string) =>
    reader.startsWith('getrole:') ? `${reader}/${randomBelow(random, REPLICAS)}` : reader;

  function lookAs(machine: string, reader: string, versions: readonly Version[]): IamPrincipal | undefined {
    const delay = lag.readers[reader] ?? (reader.startsWith('getrole:') ? lag.getRole : lag.eks);
    const visibleAt = (version: Version) => version.at + delayOf(delay, version.draw, machine);
    const seen = versions.findLast((version) => visibleAt(version) <= clock.now());
    if (!seen?.principal || !reader.startsWith('getrole:')) return seen?.principal;
    const { uniqueId } = seen.principal;
    const birth = versions.find(({ principal }) => principal?.uniqueId === uniqueId) ?? seen;
    const hasArnAt = visibleAt(birth) + delayOf(lag.uniqueIdAsArn, birth.draw, `${machine} arn`);
    return clock.now() < hasArnAt ? { ...seen.principal, arn: uniqueId } : seen.principal;
  }

  function living(accountId: string, kind: PrincipalKind, look: (versions: Version[]) => IamPrincipal | undefined) {
    return [...histories]
      .filter(([name]) => name.startsWith(`${accountId}/${kind}/`))
      .map(([, versions]) => look(versions))
      .filter((principal) => principal !== undefined)
      .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  }

  return {
    find,
    findByArn,
    all: (accountId, kind) => living(accountId, kind, (versions) => versions.at(-1)?.principal),
    seenBy: (reader, accountId, kind, name) => lookAs(machineOf(reader), reader, versionsOf(accountId, kind, name)),
    allSeenBy(reader, accountId, kind) {
      const machine = machineOf(reader);
      return living(accountId, kind, (versions) => lookAs(machine, reader, versions));
    },
    put,
    remove(accountId, kind, name) {
      if (find(accountId, kind, name)) write(accountId, kind, name, clock.now());
    },
    instanceProfiles: instanceProfileState(),
  };
}
