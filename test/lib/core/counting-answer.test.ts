import { expect, test } from 'vitest';
import { countingAnswer } from '../../../lib/core/counting-answer.ts';
import type { Answer } from '../../../lib/core/ledger.ts';

const at = '2026-11-24T12:00:00Z';
const answer = (name: string, verdict: Answer['verdict']): Answer => ({
  verdict,
  by: `arn:aws:sts::111122223333:assumed-role/${name}/session`,
  at,
});
const madeBy = (name: string) => ({
  actors: [{ did: 'created', actorArn: `arn:aws:iam::111122223333:role/ops/${name}`, at } as const],
});

test.each<[string, Answer[], ReturnType<typeof madeBy>[], Answer | undefined]>([
  ['nobody answered', [], [], undefined],
  [
    'the last one counts',
    [answer('a', 'denied'), answer('b', 'approved')],
    [{ ...madeBy('c') }],
    answer('b', 'approved'),
  ],
  ['not an approval of whoever made the role', [answer('a', 'approved')], [madeBy('a')], undefined],
  ['then the one before', [answer('b', 'denied'), answer('a', 'approved')], [madeBy('a')], answer('b', 'denied')],
  ['a denial of theirs counts', [answer('a', 'denied')], [madeBy('a')], answer('a', 'denied')],
])('%s', (_what, answers, records, expected) => {
  expect(countingAnswer({ answers }, [{}, ...records])).toEqual(expected);
});
