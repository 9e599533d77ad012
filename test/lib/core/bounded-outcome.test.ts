import { describe, expect, test } from 'vitest';
import { boundedOutcome } from '../../../lib/core/bounded-outcome.ts';
import type { Outcome } from '../../../lib/core/shapes.ts';

const large = { text: 'ä'.repeat(60_000) };
const reason = (evidence: Record<string, unknown>) => ({ rule: 'JournalOpen', explanation: 'it is open', evidence });
const bytesOf = (outcome: Outcome) => Buffer.byteLength(JSON.stringify(outcome));

describe('an outcome', () => {
  test('of an ordinary size is told whole', () => {
    const outcome: Outcome = { name: 'Rebound', reasons: [reason({ a: 1 })], before: { a: 1 }, after: { a: 1 } };
    expect(boundedOutcome(outcome)).toBe(outcome);
  });

  test.each<[string, Partial<Outcome>]>([
    ['before and after', { before: large, after: large }],
    ['before only', { before: large }],
    ['after only', { after: large }],
  ])('with a large %s says that it is left out, and keeps its name and reasons', (_, states) => {
    const bounded = boundedOutcome({ name: 'Rebound', reasons: [reason({ a: 1 })], ...states });
    expect(bounded).toMatchObject({ name: 'Rebound', reasons: [reason({ a: 1 })] });
    expect(Object.keys(bounded).toSorted()).toEqual(['name', 'reasons', ...Object.keys(states)].toSorted());
    expect(bytesOf(bounded)).toBeLessThan(100_000);
  });

  test('with large evidence keeps each rule and its explanation', () => {
    const bounded = boundedOutcome({ name: 'NeedsApproval', reasons: [reason(large)], before: large });
    expect(bounded.reasons).toMatchObject([{ rule: 'JournalOpen', explanation: 'it is open' }]);
    expect(bytesOf(bounded)).toBeLessThan(100_000);
  });
});
