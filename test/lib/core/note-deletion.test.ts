import { expect, test } from 'vitest';
import { noteDeletion } from '../../../lib/core/note-deletion.ts';
import { fakeWorld, PRINCIPAL, REF } from './world/fake-world.ts';
import { recordOf, staleStandard } from './world/run-rebind.ts';

test('remembers the latest deletion, and nothing else changes', async () => {
  const { world } = await staleStandard();
  const before = await recordOf(world);
  const note = (eventTime: string) => noteDeletion({ schemaVersion: 1, principal: PRINCIPAL, eventTime }, world.ports);
  expect(await note('2026-03-01T10:00:00Z')).toEqual({ schemaVersion: 1, entries: [REF], graceSeconds: 86_400 });
  await note('2026-03-01T09:00:00Z');
  expect(await recordOf(world)).toEqual({ ...before, deletionNotedAt: '2026-03-01T10:00:00Z' });
  await note('2026-03-01T11:00:00Z');
  expect(await recordOf(world)).toMatchObject({ deletionNotedAt: '2026-03-01T11:00:00Z' });
});

test('a principal that no entry names leaves no trace', async () => {
  const { ports } = fakeWorld();
  const input = { schemaVersion: 1 as const, principal: PRINCIPAL, eventTime: '2026-03-01T10:00:00Z' };
  expect(await noteDeletion(input, ports)).toEqual({ schemaVersion: 1, entries: [], graceSeconds: 86_400 });
});

test.each([
  ['before it', '2026-03-01T09:59:59.000Z', undefined],
  ['after it', '2026-03-01T10:00:00.500Z', '2026-03-01T10:00:00.500Z'],
])('a principal that was not shown %s: only the later counts as this absence', async (_, absentSince, kept) => {
  const { world } = await staleStandard();
  const stored = await world.bare.ledger.read(REF);
  await world.bare.ledger.write({ ...(await recordOf(world)), absentSince }, stored?.version ?? 0);
  await noteDeletion({ schemaVersion: 1, principal: PRINCIPAL, eventTime: '2026-03-01T10:00:00Z' }, world.ports);
  expect((await recordOf(world)).absentSince).toBe(kept);
});
