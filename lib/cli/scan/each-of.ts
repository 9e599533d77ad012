/** Does some work for each item, a few at a time and in their order, until told to stop. The first failure is thrown once all is quiet. */
export async function eachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
  isCancelled: () => boolean = () => false,
): Promise<void> {
  const waiting = items.values();
  async function lane(): Promise<void> {
    // One iterator for all lanes: each takes what no other has taken.
    for (const item of waiting) {
      if (isCancelled()) return;
      await work(item);
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, lane));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}
