import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '../../../lib/local/virtual-clock.ts';

const HOUR = 3_600_000;

describe('a virtual clock', () => {
  test('lets an hour of waits pass without waiting', async () => {
    const clock = createVirtualClock(1000);
    await clock.run(() => clock.pause(HOUR));
    expect(clock.now()).toBe(1000 + HOUR);
  });

  test('wakes sleepers in the order of their times, and those of one moment in the order they fell asleep', async () => {
    const clock = createVirtualClock(0);
    const woken: string[] = [];
    const sleep = async (name: string, milliseconds: number) => {
      await clock.pause(milliseconds);
      woken.push(`${name} at ${clock.now()}`);
    };
    await clock.run(async () => {
      await Promise.all([sleep('late', 20), sleep('first', 10), sleep('second', 10), sleep('now', 0)]);
    });
    expect(woken).toEqual(['now at 0', 'first at 10', 'second at 10', 'late at 20']);
  });

  test('stands still while work is busy, however many turns of the event loop it takes', async () => {
    const clock = createVirtualClock(0);
    const seen: number[] = [];
    await clock.run(async () => {
      void clock.pause(10);
      await clock.busy(async () => {
        for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
        seen.push(clock.now());
      });
      await clock.pause(5);
      seen.push(clock.now());
    });
    expect(seen).toEqual([0, 5]);
  });

  test('goes on while busy work is idle, and stands still again after', async () => {
    const clock = createVirtualClock(0);
    const seen: number[] = [];
    await clock.run(async () => {
      void clock.pause(1000);
      await clock.busy(async () => {
        await clock.busy(() => clock.idle(() => clock.pause(500)));
        for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
        seen.push(clock.now());
      });
    });
    expect(seen).toEqual([500]);
  });

  test('goes on until the last of several idle waits of one busy work has ended', async () => {
    const clock = createVirtualClock(0);
    await clock.run(() =>
      clock.busy(async () => {
        await Promise.all([clock.idle(() => clock.pause(10)), clock.idle(() => clock.pause(20))]);
      }),
    );
    expect(clock.now()).toBe(20);
  });

  test('is not moved by idle work outside of busy work', async () => {
    const clock = createVirtualClock(0);
    let released = false;
    await clock.run(async () => {
      const background = clock.idle(() => clock.pause(10));
      void clock.pause(5).then(() => (released = true));
      await clock.busy(async () => {
        for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
        expect(released).toBe(false);
      });
      await background;
    });
    expect(clock.now()).toBe(10);
  });

  test('lets work that outlives the busy call it began in wait like any other', async () => {
    const clock = createVirtualClock(0);
    let background: Promise<void> | undefined;
    await clock.run(async () => {
      await clock.busy(async () => {
        background = Promise.resolve().then(() => clock.busy(() => clock.idle(() => clock.pause(30))));
      });
      await background;
    });
    expect(clock.now()).toBe(30);
  });

  test('carries background sleepers only while something runs', async () => {
    const clock = createVirtualClock(0);
    const ticks: number[] = [];
    const tick = async () => {
      for (;;) {
        await clock.pause(10);
        ticks.push(clock.now());
      }
    };
    void tick();
    await clock.run(() => clock.pause(25));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(ticks).toEqual([10, 20]);
    await clock.run(() => clock.pause(10));
    expect(ticks).toEqual([10, 20, 30]);
  });

  test('gives the result of the work, or its error', async () => {
    const clock = createVirtualClock(0);
    await expect(clock.run(async () => 'done')).resolves.toBe('done');
    await expect(clock.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(clock.run(() => clock.pause(1))).resolves.toBeUndefined();
  });

  test('says so when nothing is left that could end the work', async () => {
    const clock = createVirtualClock(0);
    const stuck = clock.run(async () => {
      await clock.pause(10);
      await new Promise(() => {});
    });
    await expect(stuck).rejects.toMatchObject({ name: 'NothingLeftToWaitFor' });
    await clock.run(() => clock.pause(5));
    expect(clock.now()).toBe(15);
  });

  test('says so when busy work pauses without being idle', async () => {
    const clock = createVirtualClock(0, 1000);
    const stuck = clock.run(() => clock.busy(() => clock.pause(10)));
    await expect(stuck).rejects.toMatchObject({ name: 'BusyWithoutEnd' });
  });

  test('says so when a loop pauses for no time at all', async () => {
    const clock = createVirtualClock(0, 1000, 50);
    const loop = clock.run(async () => {
      for (;;) await clock.pause(0);
    });
    await expect(loop).rejects.toMatchObject({ name: 'TimeStandsStill' });
  });

  test('refuses a pause that is no number', () => {
    expect(() => createVirtualClock(0).pause(Number.NaN)).toThrow('cannot pause for NaN ms');
  });

  test('runs two works at once, each to its own end', async () => {
    const clock = createVirtualClock(0);
    const ends: string[] = [];
    const work = async (name: string, milliseconds: number) => {
      await clock.pause(milliseconds);
      ends.push(name);
    };
    await Promise.all([clock.run(() => work('long', 20)), clock.run(() => work('short', 10))]);
    expect(ends).toEqual(['short', 'long']);
  });
});

describe('a pause in the background', () => {
  test('ends in its turn, while others wait longer', async () => {
    const clock = createVirtualClock(0);
    const woken: number[] = [];
    void clock.pauseInBackground?.(1_000).then(() => woken.push(clock.now()));
    await clock.run(() => clock.pause(5_000));
    expect(woken).toEqual([1_000]);
  });

  test('is no reason for time to pass', async () => {
    const clock = createVirtualClock(0);
    void clock.pauseInBackground?.(1_000);
    await expect(clock.run(() => new Promise(() => {}))).rejects.toMatchObject({ name: 'NothingLeftToWaitFor' });
    expect(clock.now()).toBe(0);
  });
});
