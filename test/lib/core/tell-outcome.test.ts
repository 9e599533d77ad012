import { describe, expect, test } from 'vitest';
import { tellOutcome } from '../../../lib/core/tell-outcome.ts';
import type { OutcomeName } from '../../../lib/core/shapes.ts';
import { fakeWorld, REF, ROLE_ARN } from './world/fake-world.ts';

const announcementOf = (name: OutcomeName) => ({
  outcome: { name, reasons: [] },
  entry: REF,
  incarnation: { principalArn: ROLE_ARN, principalId: 'AROANEW', createdAt: '2026-03-01T08:00:00Z' },
  executionArn: 'arn:one',
  cause: { kind: 'event' as const },
});

test('tells programs and people once each', async () => {
  const { bare, announced, notified } = fakeWorld();
  await tellOutcome(announcementOf('NotStale'), bare);
  expect(announced).toHaveLength(1);
  expect(notified).toMatchObject([{ subject: 'eks-rebind: NotStale: readers in orders' }]);
});

test.each([
  ['Rebound', [{ Rebound: 1 }]],
  ['Refused', [{ Refused: 1 }]],
  ['Orphaned', [{ Orphaned: 1 }]],
  ['OrphanRemoved', [{ Orphaned: 1 }]],
  ['NotStale', []],
  ['NeedsApproval', []],
] as const)('%s counts as %j', async (name, expected) => {
  const { bare, recorded } = fakeWorld();
  await tellOutcome(announcementOf(name), bare);
  expect(recorded).toEqual(expected);
});

const failing = () => Promise.reject(new Error('no answer'));

describe('a failure', () => {
  test('of the event sends nobody a mail, and counts nothing: all of it is tried again', async () => {
    const { bare, notified, recorded } = fakeWorld();
    const ports = { ...bare, announcements: { announce: failing } };
    await expect(tellOutcome(announcementOf('Rebound'), ports)).rejects.toThrow('no answer');
    expect([notified, recorded]).toEqual([[], []]);
  });

  test('of the notification fails the step, so that it is sent after all', async () => {
    const { bare, announced, recorded } = fakeWorld();
    const ports = { ...bare, notifications: { notify: failing } };
    await expect(tellOutcome(announcementOf('Rebound'), ports)).rejects.toThrow('no answer');
    expect([announced.length, recorded]).toEqual([1, []]);
  });
});
