import { REBIND_OUTCOMES } from '../../lib/core/shapes.ts';
import type { AccessEntry, EntryRef } from '../../lib/local/eks/access-entry.ts';
import type { Simulation } from '../simulator/simulate.ts';
import { ourChanges, ourPolicyWrites } from './our-writes.ts';
import { grants, snapshotGrants } from './grants.ts';

/** One promise (1 to 5) that a world's history breaks, and how. */
export interface Breach {
  readonly promise: 1 | 2 | 3 | 4 | 5;
  readonly how: string;
}

/** What the judge has to be told: how the world was, and what may be touched in it at all. */
export interface Expectation {
  /** Entries as they were before anything happened. */
  readonly before: readonly AccessEntry[];
  /** Other shapes that an owner gave an entry meanwhile: what is granted in them is no gain. */
  readonly madeByOwner?: readonly AccessEntry[];
  /** ARNs of the principals whose entries may be rebound; every other entry must stay as it is. */
  readonly mayTouch: readonly string[];
  /** How often each principal was recreated: an entry that is swapped more often was swapped for old news. */
  readonly recreations: number;
}

const ENDS_OF_ROLE_CHANGED = [
  'NothingToDo',
  'DeletionNoted',
  'PrincipalGone',
  'PrincipalReturned',
  'Orphaned',
  'RebindsStarted',
  'NeedsRedrive',
  'Superseded',
];

/** Reads the local AWS's own history, not the service's word, and tells each promise that it breaks. */
export async function judge(world: Simulation, expected: Expectation): Promise<Breach[]> {
  const breaches = [
    ...(await Promise.all(expected.before.map((entry) => lost(world, entry)))).flat(),
    ...expected.before.flatMap((entry) => madeWhereNoneWas(world, entry.ref)),
    ...gained(world, expected),
    ...touched(world, expected),
    ...swappedTooOften(world, expected),
    ...unended(world),
  ];
  return breaches;
}

const nameOf = ({ principalArn, clusterName, region }: EntryRef) => `${principalArn} in ${clusterName} (${region})`;
const isSame = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other);

/** 1: an entry stands with all it granted, or its owner was at it, or the ledger's open journal still has it whole. */
async function lost(world: Simulation, was: AccessEntry): Promise<Breach[]> {
  const { state } = world.aws.eks;
  const now = state.entry(was.ref);
  if (now && isSame(grants(now), grants(was))) return [];
  const isOwners = state.changesOf(was.ref).length > ourChanges(world, was.ref).length;
  if (isOwners) return [];
  const journal = (await world.ledger.read(was.ref))?.record.journal;
  const isKept =
    journal?.snapshot !== undefined &&
    journal.phase !== 'closed' &&
    isSame(snapshotGrants(journal.snapshot), snapshotGrants(was));
  if (isKept) return [];
  return [
    {
      promise: 1,
      how: `${nameOf(was.ref)} ${now ? 'stands with less or more than it had' : 'is gone'}, and no open journal has it`,
    },
  ];
}

/** 2: we make an entry only where we deleted one, or take it back at once (Preflight's probe). */
function madeWhereNoneWas(world: Simulation, ref: EntryRef): Breach[] {
  const all = world.aws.eks.state.changesOf(ref);
  const ours = new Set(ourChanges(world, ref));
  return all.flatMap((change, index) => {
    if (!ours.has(change) || change.operation !== 'CreateAccessEntry') return [];
    const [previous, next] = [all[index - 1], all[index + 1]];
    const replacesOurs = previous !== undefined && ours.has(previous) && previous.operation === 'DeleteAccessEntry';
    const isTakenBack = next !== undefined && ours.has(next) && next.operation === 'DeleteAccessEntry';
    return replacesOurs || isTakenBack ? [] : [{ promise: 2 as const, how: `${nameOf(ref)} was made where none was` }];
  });
}

/** 2: no policy, scope, group or username that the entry did not have. */
function gained(world: Simulation, { before, madeByOwner = [] }: Expectation): Breach[] {
  const known = [...before, ...madeByOwner];
  const standing = world.aws.eks.state.entries();
  const more = standing.flatMap((now) => {
    const [had, has] = [
      known.filter(({ ref }) => nameOf(ref) === nameOf(now.ref)).map(snapshotGrants),
      snapshotGrants(now),
    ];
    const isKnown = had.some(
      (one) =>
        one.type === has.type &&
        one.username === has.username &&
        has.groups.every((group) => one.groups.includes(group)) &&
        has.policies.every((policy) => one.policies.includes(policy)),
    );
    return isKnown ? [] : [{ promise: 2 as const, how: `${nameOf(now.ref)} grants more than it did` }];
  });
  const writes = ourPolicyWrites(world).flatMap(({ ref, policy }) => {
    const had = known
      .filter(({ ref: other }) => nameOf(other) === nameOf(ref))
      .flatMap((entry) => snapshotGrants(entry).policies);
    return had.includes(policy) ? [] : [{ promise: 2 as const, how: `${nameOf(ref)} was given ${policy}` }];
  });
  return [...more, ...writes];
}

/** 3: nothing of ours on an entry that must stay as it is. */
function touched(world: Simulation, { mayTouch }: Expectation): Breach[] {
  return ourChanges(world)
    .filter(({ ref }) => !mayTouch.includes(ref.principalArn))
    .map(({ ref, operation }) => ({ promise: 3, how: `${operation} on ${nameOf(ref)}` }));
}

/** 4: at most one swap for each recreation, whatever the news. What we made ourselves and took back (a probe) is no swap. */
function swappedTooOften(world: Simulation, { before, recreations }: Expectation): Breach[] {
  return before.flatMap(({ ref }) => {
    const changes = ourChanges(world, ref);
    const deletes = changes.filter(({ operation }) => operation === 'DeleteAccessEntry').length;
    const how = `${nameOf(ref)} was deleted ${deletes} times for ${recreations} recreations`;
    return deletes > recreations ? [{ promise: 4 as const, how }] : [];
  });
}

/** 5: nothing runs any more, and every end has a name: an outcome, or an error of ours at a Task. */
function unended(world: Simulation): Breach[] {
  const names = new Set<string>([...REBIND_OUTCOMES, ...ENDS_OF_ROLE_CHANGED]);
  const ends = [...world.ran('role-changed'), ...world.ran('rebind-entry')];
  return ends
    .filter(({ end }) => !names.has(end) && !/^FAILED [A-Z][A-Za-z]+$/.test(end))
    .map(({ name, end }) => ({ promise: 5, how: `${name} ends as '${end}'` }));
}
