/** A plain value as text that is the same whatever the order of its keys: a store may give them back in another. */
export function canonicalJson(value: unknown): string {
  // In a list, so that undefined has a text as well.
  return JSON.stringify([value], (_key, part: unknown) => (isKeyed(part) ? sorted(part) : part));
}

/** Whether two plain values say the same. */
export function isSameJson(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

function isKeyed(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(value: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(keys.map((key) => [key, value[key]]));
}
