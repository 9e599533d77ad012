import { expect, test } from 'vitest';
import { eachOf } from '../../../../lib/cli/scan/each-of.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('it works at no more than so many items at once, and at each of them once', async () => {
  const done: number[] = [];
  let out = 0;
  let most = 0;
  await eachOf([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    most = Math.max(most, (out += 1));
    await turn();
    out -= 1;
    done.push(item);
  });
  expect({ most, done }).toEqual({ most: 3, done: [1, 2, 3, 4, 5, 6, 7] });
});

test('told to stop, it begins nothing more', async () => {
  const begun: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    await turn();
  };
  await eachOf([1, 2, 3, 4, 5], 2, work, () => begun.length >= 2);
  expect(begun).toEqual([1, 2]);
});

test('a failure is thrown once the rest is done', async () => {
  const done: number[] = [];
  const work = eachOf([1, 2, 3], 2, async (item) => {
    await turn();
    if (item === 1) throw new Error('one');
    done.push(item);
  });
  await expect(work).rejects.toThrow('one');
  expect(done).toEqual([2, 3]);
});
