import { fork } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Answer, type Assignment, endLine, TIMED_OUT } from './assignment.ts';

/** A function's process: one invocation at a time. */
export interface FunctionProcess {
  /** Whether it takes another invocation. */
  readonly isAlive: () => boolean;
  /** Carries out an invocation; what the process writes meanwhile is its log. */
  run(assignment: Assignment, write: (line: string) => void): Promise<Answer>;
  kill(): Promise<void>;
}

interface Running {
  readonly assignment: Assignment;
  readonly write: (line: string) => void;
  readonly answered: PromiseWithResolvers<Answer>;
  readonly logged: PromiseWithResolvers<void>;
}

// As this very file is run: from the sources or from what was built of them.
const SCRIPT = join(import.meta.dirname, `function-process${extname(import.meta.filename)}`);

/** Starts a process that has nothing of this one's environment. */
export function startFunction(env: NodeJS.ProcessEnv): FunctionProcess {
  const child = fork(SCRIPT, { env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let running: Running | undefined;

  function onLine(line: string): void {
    if (running && line === endLine(running.assignment.context.awsRequestId)) running.logged.resolve();
    else running?.write(line);
  }
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', onLine);
  child.on('message', (answer: Answer) => running?.answered.resolve(answer));
  // Later than 'exit': by then all that it wrote has been read.
  child.on('close', (code) => {
    running?.answered.resolve(exitOf(code, running.assignment));
    running?.logged.resolve();
  });

  return {
    isAlive: () => child.connected,
    async run(assignment, write) {
      running = { assignment, write, answered: Promise.withResolvers(), logged: Promise.withResolvers() };
      child.send(assignment);
      const [answer] = await Promise.all([running.answered.promise, running.logged.promise]);
      running = undefined;
      return answer;
    },
    async kill() {
      const closed = child.exitCode === null && child.signalCode === null ? once(child, 'close') : undefined;
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** Lambda's words for a process that ended before its invocation did. */
function exitOf(code: number | null, { context, milliseconds }: Assignment): Answer {
  const [name, what] =
    code === TIMED_OUT
      ? ['Sandbox.Timedout', `Task timed out after ${(milliseconds / 1_000).toFixed(2)} seconds`]
      : ['Runtime.ExitError', `Runtime exited with error: ${code === null ? 'signal: killed' : `exit status ${code}`}`];
  return { error: { name, message: `RequestId: ${context.awsRequestId} Error: ${what}`, stack: '' } };
}
