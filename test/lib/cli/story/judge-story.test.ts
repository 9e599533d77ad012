import { beforeAll, describe, expect, test } from 'vitest';
import { judgeStory } from '../../../../lib/cli/story/judge-story.ts';
import { tellStory } from '../../../../lib/cli/story/tell-story.ts';
import { createTimeline } from '../../../../lib/cli/timeline/timeline.ts';
import type { ToldEntry, ToldStory } from '../../../../lib/cli/story/told-story.ts';

describe('a story that is not as promised', () => {
  let told: ToldStory;
  beforeAll(async () => {
    told = await tellStory({ seed: 1, isRealTime: false, timeline: createTimeline() });
  });

  /** The story with one entry as it should not be: 0 a node's, 5 the administrators', 6 the healthy one. */
  const storyWith = (index: number, changes: Partial<ToldEntry>): ToldStory => ({
    ...told,
    entries: told.entries.map((entry, at) => (at === index ? { ...entry, ...changes } : entry)),
  });

  test('names nothing when all is well', () => {
    expect(judgeStory(told)).toEqual([]);
  });

  test.each<[string, number, Partial<ToldEntry>, string]>([
    ['an entry that is still stale', 0, { after: { verdict: 'stale', authenticates: true } }, 'is stale, not healthy'],
    ['a principal that doesn’t get in', 0, { after: { verdict: 'healthy', authenticates: false } }, 'nobody gets in'],
    ['a lost policy', 3, { changedFields: ['policies'] }, 'policies is not what it was'],
    ['an entry that never broke', 0, { before: { verdict: 'healthy', authenticates: true } }, 'was not broken'],
    ['an entry without an execution', 0, { executions: [] }, 'ended as no execution, not Rebound'],
    ['a touched healthy entry', 6, { changedFields: ['tags'] }, 'was changed and should not have been'],
  ])('names %s', (_, index, changes, words) => {
    const problems = judgeStory(storyWith(index, changes));
    expect(problems).toEqual([expect.stringContaining(words)]);
  });

  test('names an administrators’ entry that nobody approved, and another one that somebody did', () => {
    const [, , , people, , admins] = told.entries;
    const swapped = (at: number) => (at === 3 ? admins : people)?.executions ?? [];
    const entries = told.entries.map((entry, at) =>
      at === 3 || at === 5 ? { ...entry, executions: swapped(at) } : entry,
    );
    const grace = 'arn:aws:iam::111122223333:user/grace';
    expect(judgeStory({ ...told, entries })).toEqual([
      `platform-engineers in platform (eu-central-1): was approved by ${grace}, not nobody`,
      `cluster-admins in platform (us-east-1): was approved by nobody, not ${grace}`,
    ]);
  });

  test('names an execution that was redriven without need, and one that was not', () => {
    const [healthy, , troubled] = told.entries;
    const problems = judgeStory({
      ...told,
      entries: told.entries.map((entry, at) => {
        if (at === 0) return { ...entry, executions: troubled?.executions ?? [] };
        return at === 2 ? { ...entry, executions: healthy?.executions ?? [] } : entry;
      }),
    });
    expect(problems).toEqual([
      'eks-nodes in platform (eu-central-1): was redriven without need',
      'eks-nodes in batch (us-east-1): was not redriven',
    ]);
  });

  test('names an entry that nobody made', () => {
    expect(judgeStory({ ...told, gained: ['x in y (z)'] })).toEqual(['an access entry that nobody made: x in y (z)']);
  });
});
