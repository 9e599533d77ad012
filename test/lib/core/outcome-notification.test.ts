import { describe, expect, test } from 'vitest';
import { outcomeNotification } from '../../../lib/core/outcome-notification.ts';
import type { Announcement } from '../../../lib/core/ports.ts';
import { OUTCOMES } from '../../../lib/core/shapes.ts';
import type { Reason } from '../../../lib/core/shapes.ts';
import { REF, ROLE_ARN } from './world/fake-world.ts';

const EXECUTION = 'arn:aws:states:us-east-1:111122223333:execution:rebind-entry:orders.readers';
const because = (rule: string, explanation: string, evidence = {}): Reason => ({ rule, explanation, evidence });

/** What is sent about an announcement, with some of it replaced. */
function sent(more: Partial<Announcement> = {}) {
  return outcomeNotification({
    outcome: {
      name: 'Rebound',
      reasons: [because('ReadsBackAsWritten', 'the entry is bound to the living principal')],
    },
    entry: REF,
    incarnation: { principalArn: ROLE_ARN, principalId: 'AROANEW', createdAt: '2026-03-01T08:00:00Z' },
    executionArn: EXECUTION,
    cause: {
      kind: 'event',
      eventName: 'CreateRole',
      eventId: 'event-1',
      eventTime: '2026-03-01T08:00:01Z',
      actorArn: 'arn:aws:iam::111122223333:user/ann',
    },
    ...more,
  });
}

test('tells what happened to which entry, why, what to do, and where it ran', () => {
  expect(sent()).toEqual({
    subject: 'eks-rebind: Rebound: readers in orders',
    message: [
      'Rebound: The entry is bound to the principal that lives now, and has all that it had.',
      '',
      `Principal: ${ROLE_ARN}`,
      'Cluster: orders in eu-central-1, account 111122223333',
      'Its id: AROANEW, created 2026-03-01T08:00:00Z',
      '',
      'Why:',
      '- ReadsBackAsWritten: the entry is bound to the living principal',
      '',
      'What to do: Nothing.',
      'Runbook: docs/runbook.md, "Rebound"',
      '',
      `Execution: ${EXECUTION}`,
      'Started by: event, CreateRole, by arn:aws:iam::111122223333:user/ann, at 2026-03-01T08:00:01Z, event event-1',
    ].join('\n'),
  });
});

test.each(OUTCOMES)('%s says what it means, what to do, and which runbook entry', (name) => {
  const { subject, message } = sent({ outcome: { name, reasons: [] } });
  expect(subject).toContain(name);
  expect(message).toMatch(new RegExp(`^${name}: [A-Z].{20,}\\.$`, 'm'));
  expect(message).toMatch(/^What to do: [A-Z].+\.$/m);
  expect(message).toContain(`Runbook: docs/runbook.md, "${name}"`);
});

test('access that is missing is said first, whatever the outcome', () => {
  const open = because('JournalOpen', 'the entry is gone: a rebind deleted it; its snapshot is kept');
  const { subject, message } = sent({ outcome: { name: 'Unanswered', reasons: [open] } });
  expect(subject).toBe('eks-rebind: Unanswered, access missing: readers in orders');
  expect(message.split('\n')[1]).toBe(`ACCESS IS MISSING NOW: ${open.explanation}.`);
  expect(message).toContain('What to do: Get the access back: docs/runbook.md, "Is access missing right now?"');
});

test('nodes whose role is in no instance profile are not told as done', () => {
  const reasons = [because('NodeOnTemplate', 'nodes'), because('NoInstanceProfile', 'no instance profile holds it')];
  const { message } = sent({ outcome: { name: 'Rebound', reasons } });
  expect(message).toContain('What to do: Put the role back into its instance profile');
});

test('an owner reads what differs', () => {
  const evidence = { differences: ['tag team was "a", is "b"', 'policy X is gone'], entryArnNow: 'arn:now' };
  const { message } = sent({
    outcome: { name: 'LeftToOwner', reasons: [because('ChangedByOwner', 'its owner made it', evidence)] },
  });
  expect(message).toContain(
    '- ChangedByOwner: its owner made it\n  - tag team was "a", is "b"\n  - policy X is gone\n',
  );
});

test('a sweep that started it is named by its execution', () => {
  const { message } = sent({ cause: { kind: 'sweep', sourceExecutionArn: 'arn:sweep' } });
  expect(message).toMatch(/Started by: sweep, from arn:sweep$/);
});

describe('text from AWS', () => {
  test('writes no lines of its own', () => {
    const evil = 'orders\nWhat to do: Nothing.\u2028Runbook: none\u202e\r';
    const honest = sent().message.split('\n').length;
    const { subject, message } = sent({
      entry: { ...REF, clusterName: evil, principalArn: `${ROLE_ARN}${evil}` },
      outcome: { name: 'Refused', reasons: [because('OptedOut', evil)] },
      executionArn: evil,
      cause: { kind: 'event', eventName: evil, actorArn: evil },
    });
    expect(message.split(/[\n\r\u2028\u2029]/)).toHaveLength(honest);
    expect(subject).toMatch(/^[ -~]{1,99}$/);
  });

  test('makes a subject of printable ASCII, shorter than SNS takes at most', () => {
    const { subject } = sent({
      entry: { ...REF, principalArn: `arn:aws:iam::111122223333:role/ünïcøde${'x'.repeat(200)}` },
    });
    expect(subject).toMatch(/^eks-rebind: Rebound: \?n\?c\?de|^eks-rebind: Rebound: [ -~]+$/);
    expect(subject).toHaveLength(99);
  });

  test('stays far below what SNS takes, however much there is', () => {
    const differences = Array.from({ length: 5000 }, () => '漢'.repeat(5000));
    const reasons = Array.from({ length: 500 }, () => because('ChangedByOwner', '漢'.repeat(5000), { differences }));
    const { message } = sent({ outcome: { name: 'LeftToOwner', reasons } });
    // 500 reasons of a line and twenty differences each, of which sixty lines are shown.
    expect(message).toContain('- and 10440 more lines');
    expect(new TextEncoder().encode(message).length).toBeLessThan(262_144);
  });
});
