import type { ExitCode, Terminal } from '../../../../lib/cli/io.ts';
import { main } from '../../../../lib/cli/main.ts';
import { createSeededRandom } from '../../../../lib/local/index.ts';
import type { Simulation } from '../../../simulator/simulate.ts';
import { ACCOUNT, HOME_REGIONS } from '../../../simulator/world-options.ts';

/** A person's terminal in a simulated world, and what was written to it. */
export interface PersonsTerminal extends Terminal {
  readonly stdout: string[];
  readonly stderr: string[];
  readonly questions: string[];
}

/** Whose keys, and what the person answers; without answers nobody is there to be asked. */
export interface Person {
  readonly arn?: string;
  readonly answers?: readonly string[];
  readonly input?: string;
}

/** A terminal of somebody with keys of their own; the account's root unless said otherwise. */
export function terminalIn(world: Pick<Simulation, 'aws' | 'partition'>, person: Person = {}): PersonsTerminal {
  const { aws, partition } = world;
  const { arn = `arn:${partition}:iam::${ACCOUNT}:root`, answers, input = '' } = person;
  const region = Object.entries(HOME_REGIONS).find(([name]) => name === partition)?.[1] ?? HOME_REGIONS.aws;
  const { accessKeyId, secretAccessKey, sessionToken } = aws.credentials.issue({ arn });
  const env = {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
  const stdout: string[] = [];
  const stderr: string[] = [];
  const questions: string[] = [];
  const given = [...(answers ?? [])];
  return {
    stdout,
    stderr,
    questions,
    io: {
      stdout: (line) => void stdout.push(line),
      stderr: (line) => void stderr.push(line),
      error: (line) => void stderr.push(line),
      progress: () => {},
      isTty: false,
      isStderrTty: false,
    },
    env,
    isInteractive: answers !== undefined,
    ask: async (question) => {
      questions.push(question);
      return given.shift() ?? '';
    },
    readInput: async () => input,
    untilSignal: () => new Promise(() => {}),
    runtime: {
      env,
      clock: aws.clock,
      random: createSeededRandom(3),
      write: () => {},
      requestHandler: aws.requestHandler,
    },
  };
}

/** Types a command in a simulated world, and waits for its end. */
export async function typed(
  world: Pick<Simulation, 'aws' | 'partition' | 'run'>,
  argv: readonly string[],
  person?: Person,
): Promise<PersonsTerminal & { readonly code: ExitCode }> {
  const terminal = terminalIn(world, person);
  // Loaded before: a virtual clock sees nothing under way while a file is read.
  await Promise.all([
    import('yaml'),
    import('../../../../lib/cli/service/executions.ts'),
    import('../../../../lib/cli/explain/explain.ts'),
    import('../../../../lib/cli/service/redrive.ts'),
    import('../../../../lib/cli/service/approve.ts'),
    import('../../../../lib/cli/service/deny.ts'),
    import('../../../../lib/cli/service/replay.ts'),
  ]);
  const code = await world.run(() => main(argv, terminal));
  return { ...terminal, code };
}
