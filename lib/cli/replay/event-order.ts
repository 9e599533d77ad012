import { beginningOf } from './event-world.ts';
import { keyOf, type PrincipalKind, type RecordedChange } from './recorded-change.ts';

/** Something that happens to a role or user at a moment, as the records tell or imply. */
export type Happening =
  | { readonly kind: 'record'; readonly at: number; readonly change: RecordedChange; readonly takesEffect: boolean }
  /** The earlier incarnation goes, and no record tells of it. */
  | {
      readonly kind: 'vanishes';
      readonly at: number;
      readonly principal: { readonly kind: PrincipalKind; readonly name: string };
    };

const eventId = ({ filed: { record } }: RecordedChange) => record['eventID'] ?? JSON.stringify(record);

/**
 * What happens, in the order of time. A role whose first record makes it had an earlier incarnation that went a second before.
 * Records of the same second are taken in the order that can have been: a role is made when there is none, deleted when there is
 * one. A record that stands there twice happened once and is told of twice.
 */
export function inOrderOfTime(changes: readonly RecordedChange[]): Happening[] {
  const told = new Set<unknown>();
  const waiting = changes.toSorted((one, other) => one.at - other.at);
  const alive = new Set(waiting.map(keyOf));
  const begun = new Set<string>();
  const happenings: Happening[] = [];

  function happen(change: RecordedChange): void {
    const id = eventId(change);
    const takesEffect = !change.failed && !told.has(id);
    told.add(id);
    happenings.push({ kind: 'record', at: change.at, change, takesEffect });
    if (!takesEffect) return;
    const key = keyOf(change);
    if (change.did === 'delete') alive.delete(key);
    else alive.add(key);
    begun.add(key);
  }

  /** Whether the record fits what is there; a role's first record always does. */
  function fits(change: RecordedChange): boolean {
    const key = keyOf(change);
    const isAlive = alive.has(key);
    return change.failed || (change.did === 'delete' ? isAlive : !isAlive || !begun.has(key));
  }

  for (;;) {
    const second = waiting[0]?.at;
    const ofThisSecond = waiting.filter(({ at }) => at === second);
    const next = ofThisSecond.find(fits) ?? ofThisSecond[0];
    if (!next) break;
    waiting.splice(waiting.indexOf(next), 1);
    happen(next);
  }
  return [...vanishing(happenings), ...happenings].toSorted((one, other) => one.at - other.at);
}

/** The earlier incarnations of the roles whose first record makes them. */
function vanishing(happenings: readonly Happening[]): Happening[] {
  const seen = new Set<string>();
  return happenings.flatMap((happening) => {
    if (happening.kind !== 'record' || !happening.takesEffect) return [];
    const { change, at } = happening;
    const key = keyOf(change);
    const isFirst = !seen.has(key);
    seen.add(key);
    const gone: Happening = {
      kind: 'vanishes',
      at: at - 1000,
      principal: { kind: change.kind, name: change.name ?? '' },
    };
    return isFirst && change.did === 'create' ? [gone] : [];
  });
}

/** The accounts of the records, each with its own, in the order in which they begin. */
export function byAccount(changes: readonly RecordedChange[]): RecordedChange[][] {
  const accounts = new Map<string, RecordedChange[]>();
  for (const change of changes) accounts.set(change.accountId, [...(accounts.get(change.accountId) ?? []), change]);
  return [...accounts.values()].toSorted((one, other) => beginningOf(one) - beginningOf(other));
}
