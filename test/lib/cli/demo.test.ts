import { beforeAll, describe, expect, test } from 'vitest';
import type { StoryDocument } from '../../../lib/cli/story/story-document.ts';
import { runCommand } from './terminal.ts';

async function story(seed: number): Promise<{ code: number; stderr: string[]; text: string; document: StoryDocument }> {
  const { code, stdout, stderr } = await runCommand('demo', '--json', '--seed', String(seed));
  const text = stdout.join('\n');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the document holds is what the tests are about
  return { code, stderr, text, document: JSON.parse(text) as StoryDocument };
}

describe('the story as a document', () => {
  let told: Awaited<ReturnType<typeof story>>;
  beforeAll(async () => {
    told = await story(1);
  });

  test('ends with 0, and nothing but the document is on stdout', () => {
    expect({ code: told.code, stderr: told.stderr }).toEqual({ code: 0, stderr: [] });
    expect(Object.keys(told.document)).toEqual([
      'schemaVersion',
      'seed',
      'entries',
      'untouched',
      'passedOver',
      'secondsFromRecreationToRebound',
      'apiCalls',
      'stateTransitions',
      'timeline',
    ]);
  });

  test('has two regions, three clusters, two of one name', () => {
    const clusters = new Set(told.document.entries.map(({ region, clusterName }) => `${region} ${clusterName}`));
    expect([...clusters].toSorted()).toEqual(['eu-central-1 platform', 'us-east-1 batch', 'us-east-1 platform']);
  });

  test('breaks and heals the entries of nodes in every cluster, and of people under a path', () => {
    expect(told.document.entries.map(({ type, principalArn }) => `${type} ${principalArn.split(':role')[1]}`)).toEqual([
      'EC2_LINUX /eks-nodes',
      'EC2_LINUX /eks-nodes',
      'EC2_LINUX /eks-nodes',
      'STANDARD /team/platform/platform-engineers',
      'STANDARD /team/platform/platform-engineers',
      'STANDARD /cluster-admins',
    ]);
    for (const entry of told.document.entries) {
      expect(entry).toMatchObject({
        before: { verdict: 'stale', authenticates: false },
        after: { verdict: 'healthy', authenticates: true },
        configurationPreserved: true,
        status: 'SUCCEEDED',
      });
    }
  });

  test('redrives the one execution that failed, twenty minutes later', () => {
    const { entries, timeline, secondsFromRecreationToRebound } = told.document;
    expect(entries.filter(({ redriven }) => redriven).map(({ clusterName }) => clusterName)).toEqual(['batch']);
    const [failed, redriven] = [/execution fails: AwsUnavailable/, /^ada: redrives/].map((words) =>
      Date.parse(timeline.find(({ what }) => words.test(what))?.at ?? ''),
    );
    expect((redriven ?? 0) - (failed ?? 0)).toBeGreaterThanOrEqual(20 * 60_000);
    // The node entries are Terraform's: their owner has five minutes to make them anew.
    expect(secondsFromRecreationToRebound.p50).toBeLessThan(330);
    expect(secondsFromRecreationToRebound.max).toBeGreaterThan(20 * 60);
  });

  test('asks about the administrators: who made the role is refused, a third person approves', () => {
    const { entries, timeline } = told.document;
    expect(entries.flatMap(({ principalArn, approvedBy }) => (approvedBy ? [[principalArn, approvedBy]] : []))).toEqual(
      [['arn:aws:iam::111122223333:role/cluster-admins', 'arn:aws:iam::111122223333:user/grace']],
    );
    const answers = timeline.filter(({ what }) => what.includes('approves, and gets')).map(({ what }) => what);
    expect(answers).toEqual([
      expect.stringMatching(/^Terraform: approves, and gets 403: .* may not answer for it$/),
      'grace: approves, and gets 200: approved',
    ]);
  });

  test('leaves the healthy entry alone', () => {
    expect(told.document.untouched.map(({ principalArn, changed, reason }) => [principalArn, changed, reason])).toEqual(
      [['arn:aws:iam::111122223333:role/ci-deployer', false, 'healthy']],
    );
  });

  test('counts the service’s own calls, not those of the story’s people', () => {
    const { apiCalls, stateTransitions } = told.document;
    expect(apiCalls['DeleteAccessEntry']).toBe(6);
    expect(Object.keys(apiCalls)).not.toContain('DeleteRole');
    expect(Object.keys(apiCalls)).not.toContain('RedriveExecution');
    expect(Object.keys(apiCalls)).not.toContain('GetExecutionHistory');
    expect(stateTransitions).toBeGreaterThan(100);
  });

  test('tells in the order of time who did what', () => {
    const { timeline } = told.document;
    const times = timeline.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((one, other) => Date.parse(one) - Date.parse(other)));
    expect(times[0]).toBe('2026-11-23T21:00:00.000Z');
    const people = new Set(timeline.map(({ what }) => what.split(':')[0] ?? ''));
    expect([...people].toSorted()).toEqual([
      'EKS',
      'EventBridge',
      'SNS',
      'Step Functions',
      'Terraform',
      'a node',
      'ada',
      'eks-rebind',
      'grace',
    ]);
  });

  test('is the same for the same seed, byte for byte', async () => {
    expect((await story(1)).text).toBe(told.text);
  });

  test('is another for another seed', async () => {
    expect((await story(2)).text).not.toBe(told.text.replace('"seed": 1', '"seed": 2'));
  });
});

describe('the story', () => {
  // The gate of the project runs more; these are the ends of what a seed may be, and some.
  test.each([0, 3, 17, 50, 4_294_967_295])('ends as promised for seed %i', async (seed) => {
    const { code, stderr } = await story(seed);
    expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
  });

  test('is told to people in lines without colours, with a verdict as the last', async () => {
    const { code, stdout, stderr } = await runCommand('demo');
    expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
    const text = stdout.join('\n');
    expect(text).not.toContain('\u001B');
    expect(text).toMatch(/09:00:05 {2}Terraform {7}deletes role eks-nodes/);
    expect(text).toMatch(/us-east-1 +batch +eks-nodes +EC2_LINUX +stale 401 +healthy 200 +yes +SUCCEEDED, redriven/);
    expect(stdout.at(-1)).toMatch(/^6 access entries work again.*Nothing was lost, nothing gained\.$/);
  });
});
