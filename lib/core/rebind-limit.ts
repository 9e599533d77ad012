/** The most entries that one run may rebind: a number of them, or percent of those looked at. */
export type RebindLimit = { readonly count: number } | { readonly percent: number };

/** How many entries the limit lets be rebound of so many looked at: percent are cut to whole entries. */
export function mostRebinds(limit: RebindLimit, lookedAt: number): number {
  return 'count' in limit ? limit.count : Math.floor((lookedAt * limit.percent) / 100);
}
