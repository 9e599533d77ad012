import { describe, expect, test } from 'vitest';
import { judgeReplay } from '../../../../lib/cli/replay/judge-replay.ts';
import type { ExecutionReport } from '../../../../lib/cli/timeline/execution-report.ts';
import type { ReplayedStory } from '../../../../lib/cli/replay/replay-account.ts';
import type { ToldEntry } from '../../../../lib/cli/story/told-story.ts';

const principalArn = 'arn:aws:iam::444455556666:role/team/Worker';
const seed = { accountId: '444455556666', region: 'eu-west-1', clusterName: 'shop', principalArn };

const healthy: ToldEntry = {
  seed,
  before: { verdict: 'stale', authenticates: false },
  after: { verdict: 'healthy', authenticates: true },
  changedFields: [],
  changedAt: [150],
  isChanged: true,
  executions: [],
  secondsToRebound: [],
};
const stale = { ...healthy, after: { verdict: 'stale', authenticates: false } } as const;

const ended = (name: string, rule: string): ExecutionReport => ({
  machine: 'rebind-entry',
  arn: 'arn:x',
  status: 'SUCCEEDED',
  startedAt: 0,
  redriveCount: 0,
  input: {},
  output: { name, reasons: [{ rule, explanation: '' }] },
  history: [],
});

/** The entry's role lived until 100, and again from 140. */
const judge = (entry: ToldEntry, more: Partial<ReplayedStory> = {}) =>
  judgeReplay({
    entries: [entry],
    reports: [],
    gained: [],
    apiCalls: {},
    stateTransitions: 0,
    lives: [
      { principal: 'role/worker', from: 0, to: 100 },
      { principal: 'role/worker', from: 140 },
    ],
    ...more,
  });

describe('a replay is as promised', () => {
  test.each<[string, ToldEntry]>([
    ['when the entry ends healthy', healthy],
    ['when the guard asked, with a rule of its own', { ...stale, executions: [ended('NeedsApproval', 'AdminPolicy')] }],
    ['when the guard refused, with a rule of its own', { ...stale, executions: [ended('Refused', 'ArnDiffers')] }],
  ])('%s', (_, entry) => {
    expect(judge(entry)).toEqual([]);
  });

  test('when a dead role’s entry is orphaned', () => {
    const orphaned = { ...stale, changedAt: [50], after: { verdict: 'orphaned', authenticates: false } } as const;
    expect(judge(orphaned, { lives: [{ principal: 'role/worker', from: 0, to: 100 }] })).toEqual([]);
  });
});

describe('a replay is not as promised', () => {
  test.each<[string, ToldEntry, string]>([
    ['when a living role’s entry is stale and nobody says why', stale, 'its role lives, and it is stale'],
    ['when the reason is no rule', { ...stale, executions: [ended('NeedsApproval', 'Whim')] }, 'it is stale'],
    ['when a rule comes with another end', { ...stale, executions: [ended('NotStale', 'AdminPolicy')] }, 'it is stale'],
    ['when something is lost', { ...healthy, changedFields: ['tags'] }, 'tags is not what it was'],
    [
      'when an entry was changed while its role was gone',
      { ...healthy, changedAt: [120] },
      'changed while its role was gone',
    ],
  ])('%s', (_, entry, words) => {
    expect(judge(entry)).toEqual([expect.stringMatching(`^Worker in shop \\(eu-west-1\\): .*${words}`)]);
  });

  test('when an entry stands where none was', () => {
    expect(judge(healthy, { gained: ['x'] })).toEqual(['an access entry that nobody made: x']);
  });
});
