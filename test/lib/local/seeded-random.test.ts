import { expect, test } from 'vitest';
import { createSeededRandom, randomBelow, randomUuid } from '../../../lib/local/seeded-random.ts';

const draw = (seed: number, count: number) => {
  const random = createSeededRandom(seed);
  return Array.from({ length: count }, random);
};

test('the same seed gives the same numbers', () => {
  expect(draw(42, 20)).toEqual(draw(42, 20));
});

test('another seed gives others', () => {
  expect(draw(1, 5)).not.toEqual(draw(2, 5));
});

test('numbers lie from 0 up to 1 and spread', () => {
  const numbers = draw(3, 2000);
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(numbers.filter((number) => number < 0.5).length).toBeGreaterThan(900);
  expect(numbers.filter((number) => number < 0.5).length).toBeLessThan(1100);
});

test('whole numbers stay below their limit and reach all of it', () => {
  const random = createSeededRandom(5);
  const drawn = new Set(Array.from({ length: 200 }, () => randomBelow(random, 4)));
  expect(drawn).toEqual(new Set([0, 1, 2, 3]));
});

test('a uuid is one of version 4', () => {
  const random = createSeededRandom(6);
  expect(randomUuid(random)).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});
