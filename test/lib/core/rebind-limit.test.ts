import { expect, test } from 'vitest';
import { isWell } from '../../../lib/core/fix-end.ts';
import { mostRebinds } from '../../../lib/core/rebind-limit.ts';

test.each([
  [{ count: 5 }, 40, 5],
  [{ percent: 10 }, 40, 4],
  [{ percent: 10 }, 49, 4],
  [{ percent: 0 }, 49, 0],
  [{ percent: 100 }, 3, 3],
])('a limit of %o lets, of %i looked at, %i be rebound', (limit, lookedAt, most) => {
  expect(mostRebinds(limit, lookedAt)).toBe(most);
});

test.each([
  ['Rebound', true],
  ['LeftToOwner', true],
  ['Superseded', false],
  ['planned', false],
])('an entry that ended as %s needs no more doing: %s', (end, well) => {
  expect(isWell(end)).toBe(well);
});
