import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { StoryDocument } from '../../../../lib/cli/story/story-document.ts';
import { tellStory } from '../../../../lib/cli/story/tell-story.ts';
import { createTimeline } from '../../../../lib/cli/timeline/timeline.ts';
import { runCommand } from '../terminal.ts';

async function story(...argv: string[]): Promise<{ code: number; stderr: string[]; document: StoryDocument }> {
  const { code, stdout, stderr } = await runCommand('demo', '--json', '--seed', '5', ...argv);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the document holds is what the test is about
  return { code, stderr, document: JSON.parse(stdout.join('\n')) as StoryDocument };
}

/** All but the times: functions in processes of their own draw chances of their own, which decide how soon each tries again. */
function outcomes({ timeline, secondsFromRecreationToRebound: seconds, ...rest }: StoryDocument) {
  return { ...rest, told: timeline.map(({ what }) => what).toSorted(), rebound: Object.keys(seconds) };
}

// Some 15 s of it are waits before a call is tried again in the story's troubled cluster, on the machine's clock.
test('the bundle brings about the same, call by call, as the sources do', { timeout: 180_000 }, async () => {
  vi.stubEnv('TMPDIR', mkdtempSync(join(tmpdir(), 'eks-rebind-')));
  const [plain, bundled] = await Promise.all([story(), story('--bundled')]);
  expect({ code: bundled.code, stderr: bundled.stderr }).toEqual({ code: 0, stderr: [] });
  expect(outcomes(bundled.document)).toEqual(outcomes(plain.document));
  expect(readdirSync(tmpdir())).toEqual([]);
  vi.unstubAllEnvs();
});

test('without its file nothing works: no function is run from the sources meanwhile', async () => {
  const told = tellStory({ seed: 1, isRealTime: false, timeline: createTimeline(), bundle: '/nowhere/index.js' });
  await expect(told).rejects.toThrow(/the sweep ended as FAILED/);
});
