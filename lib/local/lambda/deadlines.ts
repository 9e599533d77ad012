import type { Clock } from '../../runtime.ts';

interface Deadline {
  readonly at: number;
  readonly pass: () => void;
}

/** Watches for moments that must not pass. */
export interface Deadlines {
  /** Calls `pass` at a moment, unless the returned function was called before it. */
  watch(at: number, pass: () => void): () => void;
}

// A pause can't be taken back, and one that is left over keeps a process alive: so the watcher sleeps no longer than this.
const LONGEST_SLEEP_MS = 1_000;

/** One watcher for all: it sleeps only while there is something to watch. */
export function createDeadlines(clock: Clock): Deadlines {
  const watched = new Set<Deadline>();
  let sleeping = 0;

  async function keepWatch(until: number): Promise<void> {
    sleeping += 1;
    await clock.pause(until - clock.now());
    sleeping -= 1;
    for (const deadline of watched) {
      if (deadline.at <= clock.now() && watched.delete(deadline)) deadline.pass();
    }
    if (sleeping === 0) sleepOn();
  }

  function sleepOn(): void {
    if (watched.size === 0) return;
    const next = Math.min(...[...watched].map(({ at }) => at), clock.now() + LONGEST_SLEEP_MS);
    void keepWatch(next);
  }

  return {
    watch(at, pass) {
      const deadline = { at, pass };
      watched.add(deadline);
      // A sleeper wakes within a second; only a nearer deadline needs one of its own.
      if (sleeping === 0) sleepOn();
      else if (at < clock.now() + LONGEST_SLEEP_MS) void keepWatch(at);
      return () => void watched.delete(deadline);
    },
  };
}
