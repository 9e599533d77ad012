import type { Random } from '../../runtime.ts';
import { AwsFault } from '../call.ts';
import { randomBelow } from '../seeded-random.ts';
import { breaksConstraint } from './iam-fault.ts';

/** What every IAM list takes. */
export interface PageInput {
  readonly Marker?: string;
  readonly MaxItems?: number;
}

/** One page of a list, as IAM answers it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly IsTruncated: boolean;
  readonly Marker?: string;
}

function checkMaxItems(max: number): void {
  const rule = max < 1 ? 'greater than or equal to 1' : max > 1000 ? 'less than or equal to 1000' : undefined;
  if (rule) throw breaksConstraint(`Value '${max}'`, 'maxItems', `Member must have value ${rule}`);
}

/** A marker is opaque to clients: the last name seen, so that a page stays right when entities come and go. */
const markerAfter = (name: string) => Buffer.from(`after ${name}`).toString('base64url');

function nameIn(marker: string): string {
  const [, name] = /^after (.+)$/.exec(Buffer.from(marker, 'base64url').toString()) ?? [];
  // The IAM API reference names no text for a marker that wasn't handed out.
  if (name === undefined) throw new AwsFault('ValidationError', 'The value specified for marker is invalid.');
  return name;
}

/**
 * One page of a list in order of its names. Where not all fit, a page may be shorter than asked for: "IAM might return fewer than
 * the MaxItems number of results, even when there are more results available" (IAM API reference, ListRoles).
 */
export function pageOf<T>(all: readonly T[], nameOf: (item: T) => string, input: PageInput, random: Random): Page<T> {
  const max = input.MaxItems ?? 100;
  checkMaxItems(max);
  const last = input.Marker === undefined ? undefined : nameIn(input.Marker);
  const sorted = all.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  const rest = last === undefined ? sorted : sorted.filter((item) => nameOf(item) > last);
  if (rest.length <= max) return { items: rest, IsTruncated: false };
  const items = rest.slice(0, 1 + randomBelow(random, max));
  return { items, IsTruncated: true, Marker: markerAfter(items.map(nameOf).at(-1) ?? '') };
}
