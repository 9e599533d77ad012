import { beforeAll, describe, expect, test } from 'vitest';
import { buildProgram } from '../../../../lib/cli/commands/build-program.ts';
import { COMMANDS } from '../../../../lib/cli/commands/commands.ts';
import { openStage, type Stage } from '../../../../lib/cli/stage/stage.ts';
import { STORY_USERS, storyWorld } from '../../../../lib/cli/story/story-world.ts';
import { noReadLag } from '../../../../lib/local/iam/read-lag.ts';
import { createSeededRandom } from '../../../../lib/local/seeded-random.ts';
import { systemClock } from '../../../../lib/runtime.ts';
import { createRole } from '../records.ts';
import { fileWith } from '../replayed.ts';
import { fakeTerminal, runIn } from '../terminal.ts';

/** What a shell would call eks-rebind with: the words of its part of a line, without pipes, redirections and substitutions. */
function argvOf(line: string): string[] {
  const [, words = ''] = /(?:^|[|(] *)eks-rebind ?([^|>)]*)/.exec(line) ?? [];
  return [...words.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

const examples = COMMANDS.flatMap(({ examples: shown }) => shown.map(({ line }) => line));

/** What a person would have on disk. */
const FILES: Readonly<Record<string, () => unknown>> = {
  'records.json': () => ({ Records: [createRole({ at: '2026-11-23T09:00:00Z' })] }),
  'create-role.json': () => createRole({ at: '2026-11-23T09:00:00Z', accountId: '111122223333' }),
};

const argvOnDisk = (line: string) =>
  argvOf(line).map((word) => {
    const content = FILES[word];
    return content ? fileWith(content()) : word;
  });

// They run for minutes or until they are told to stop, or twice the same; demo.test.ts and local.test.ts run them.
const TESTED_ELSEWHERE = examples.filter((line) => /^eks-rebind (local\b|demo($| --json| --real-time))/.test(line));

describe('every example of help', () => {
  test.each(COMMANDS)('of $name, which has some, is a line for it', ({ name, examples: shown }) => {
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.map(({ line }) => argvOf(line)[0])).toEqual(shown.map(() => name));
  });

  test.each(examples)('is understood: %s', async (line) => {
    const terminal = fakeTerminal();
    let isRun = false;
    const definitions = COMMANDS.map((definition) => ({
      ...definition,
      run() {
        isRun = true;
        return Promise.resolve(0 as const);
      },
    }));
    await buildProgram({ terminal, end: () => {}, definitions }).parseAsync(argvOf(line), { from: 'user' });
    expect({ isRun, stderr: terminal.stderr }).toEqual({ isRun: true, stderr: [] });
  });
});

describe('an example, against the local AWS with the service in it', () => {
  let stage: Stage;
  beforeAll(() => {
    const random = createSeededRandom(1);
    const plan = storyWorld(systemClock.now(), random);
    stage = openStage({ plan, clock: systemClock, random, lag: noReadLag });
  });

  test.each(examples.filter((line) => !TESTED_ELSEWHERE.includes(line)))(
    'starts, and ends as it says: %s',
    async (line) => {
      const key = stage.administrator(STORY_USERS.administrator);
      const { aws, plan } = stage;
      const env = {
        AWS_REGION: plan.homeRegion,
        AWS_ACCESS_KEY_ID: key.accessKeyId,
        AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      };
      const terminal = fakeTerminal({ env, runtime: { requestHandler: aws.requestHandler } });
      const { code, stderr } = await runIn(terminal, ...argvOnDisk(line));
      // Some name files, questions and executions that are not here: that is told in one line, and is no surprise.
      expect(stderr.join('\n')).not.toMatch(/--debug shows|unknown option|unknown command/);
      expect([0, 1, 2, 3]).toContain(code);
      const last = code === 1 ? stderr.at(-1) : 'error: none';
      expect(last).toMatch(/^error: /);
    },
  );
});
