import { expect, test } from 'vitest';
import type { LedgerRecord } from '../../../lib/core/ledger.ts';
import { longestWaitSeconds } from '../../../lib/core/longest-wait.ts';
import { sweepRegion } from '../../../lib/core/sweep-region.ts';
import { PLACE, REF } from './world/fake-world.ts';
import type { FakeWorld } from './world/fake-world.ts';
import { advanceTo, recordOf, staleStandard } from './world/run-rebind.ts';

/** The record of an entry whose rebind waits for people since 10:00, in a world that has seen it fall behind its role. */
async function waitingRecord(): Promise<{ world: FakeWorld; record: LedgerRecord }> {
  const { world, input } = await staleStandard();
  await advanceTo(world, 'Preflight', input);
  const record = await recordOf(world);
  const executionArn = record.journal?.holder ?? '';
  const question = { principalId: 'AROANEW', askedAt: '2026-03-01T10:00:00.000Z', rules: [], digest: 'd' };
  return {
    world,
    record: {
      ...record,
      asked: [{ ...question, questionId: 'q' }],
      waiting: { questionId: 'q', taskToken: 'token', executionArn },
    },
  };
}

const NOW = '2026-03-01T11:30:00.000Z';

test('a wait is counted from when people were asked', async () => {
  const { record } = await waitingRecord();
  expect(longestWaitSeconds([record], NOW)).toBe(5400);
});

test('of several the longest counts', async () => {
  const { record } = await waitingRecord();
  const later = record.asked.map((asked) => ({ ...asked, askedAt: '2026-03-01T11:00:00.000Z' }));
  expect(longestWaitSeconds([{ ...record, asked: later }, record], NOW)).toBe(5400);
});

test('without records nobody waits', () => {
  expect(longestWaitSeconds([], NOW)).toBe(0);
});

test.each<[string, (record: LedgerRecord) => LedgerRecord]>([
  ['nobody was asked', ({ waiting: _none, ...record }) => record],
  [
    'a question was noted and never sent',
    ({ waiting: _none, journal: _neither, ...record }) => ({
      ...record,
      asked: record.asked.map(({ questionId: _unsent, ...asked }) => asked),
    }),
  ],
  ['what waits was asked under another id', (record) => ({ ...record, asked: [] })],
  ['there was no rebind', ({ journal: _none, ...record }) => record],
  [
    'the rebind has come to its end',
    (record) => ({ ...record, ...(record.journal && { journal: { ...record.journal, phase: 'closed' } }) }),
  ],
  [
    'another execution took the entry over',
    (record) => ({ ...record, ...(record.journal && { journal: { ...record.journal, holder: 'arn:later' } }) }),
  ],
])('there is no wait where %s', async (_, change) => {
  const { record } = await waitingRecord();
  expect(longestWaitSeconds([change(record)], NOW)).toBe(0);
});

test('a sweep records the longest wait, and none where nobody is asked', async () => {
  const { world, record } = await waitingRecord();
  const sweep = async () => {
    const from = { place: PLACE, cursor: null, soFar: null, executionArn: 'arn:sweep', now: world.tick(1) };
    await sweepRegion({ schemaVersion: 1, ...from }, world.ports);
    return world.recorded.flatMap(({ SecondsWaiting }) => SecondsWaiting ?? []).at(-1);
  };
  expect(await sweep()).toBe(0);
  const stored = await world.bare.ledger.read(REF);
  const asked = record.asked.map((one) => ({ ...one, askedAt: world.world.now }));
  await world.bare.ledger.write({ ...record, asked }, stored?.version ?? 0);
  world.tick(600);
  expect(await sweep()).toBe(601);
});
