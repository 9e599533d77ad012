import { describe, expect, test } from 'vitest';
import { CalledOff, Cancellation } from '../../../../lib/local/stepfunctions/cancellation.ts';

describe('work that is called off', () => {
  test('calls off all under it, and nothing above', () => {
    const parent = new Cancellation();
    const [child, other] = [new Cancellation(parent), new Cancellation(parent)];
    const grandchild = new Cancellation(child);
    child.cancel();
    expect([parent, child, grandchild, other].map(({ cancelled }) => cancelled)).toEqual([false, true, true, false]);
    expect(() => grandchild.check()).toThrow(CalledOff);
  });

  test('calls off what is begun under it afterwards', () => {
    const parent = new Cancellation();
    parent.cancel();
    expect(new Cancellation(parent).cancelled).toBe(true);
  });

  test('waits no longer, whatever becomes of what it waited for', async () => {
    const work = new Cancellation();
    const waiting = work.until(new Promise(() => {}));
    work.cancel();
    await expect(waiting).rejects.toThrow(CalledOff);
    await expect(work.until(Promise.reject(new Error('later')))).rejects.toThrow(CalledOff);
  });

  test('is forgotten by its parent once it is over', () => {
    const parent = new Cancellation();
    const child = new Cancellation(parent);
    child.release();
    parent.cancel();
    expect(child.cancelled).toBe(false);
  });
});
