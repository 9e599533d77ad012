import { expect, test } from 'vitest';
import { noteDeletion } from '../../../lib/core/note-deletion.ts';
import { fakeWorld, PRINCIPAL, REF } from './world/fake-world.ts';
import { recordOf, staleStandard } from './world/run-rebind.ts';

test('remembers the latest deletion, and nothing else changes', async () => {
  const { world } = await staleStandard();
  const before = await recordOf(world);
  const note = (eventTime: string) => noteDeletion({ schemaVersion: 1, principal: PRINCIPAL, eventTime }, world.ports);
  expect(await note('2026-03-01T10:00:00Z')).toEqual({ schemaVersion: 1, entries: [REF] });
  await note('2026-03-01T09:00:00Z');
  expect(await recordOf(world)).toEqual({ ...before, deletionNotedAt: '2026-03-01T10:00:00Z' });
  await note('2026-03-01T11:00:00Z');
  expect(await recordOf(world)).toMatchObject({ deletionNotedAt: '2026-03-01T11:00:00Z' });
});

test('a principal that no entry names leaves no trace', async () => {
  const { ports } = fakeWorld();
  const input = { schemaVersion: 1 as const, principal: PRINCIPAL, eventTime: '2026-03-01T10:00:00Z' };
  expect(await noteDeletion(input, ports)).toEqual({ schemaVersion: 1, entries: [] });
});
