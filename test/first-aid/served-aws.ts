import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BIN = join(import.meta.dirname, '..', '..', 'bin', 'eks-rebind.ts');

/** How a command ended, and what it said. */
interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running command. */
interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** `npm run local -- --no-service` in a process of its own, and a terminal beside it, in an empty folder. */
export interface ServedAws {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Starts a command there. */
  start(...argv: string[]): Running;
  /** Runs a command to its end. */
  run(...argv: string[]): Promise<Ended>;
  stop(): Promise<void>;
}

function launch(argv: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [BIN, ...argv], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const { promise: ended, resolve, reject } = Promise.withResolvers<Ended>();
  child.once('error', reject).once('close', (code) => resolve({ code, stdout, stderr }));
  return { child, ended };
}

/** Waits for the lines that a shell would `eval`. */
async function exported(child: ChildProcess): Promise<Record<string, string>> {
  const { promise, resolve, reject } = Promise.withResolvers<Record<string, string>>();
  let text = '';
  child.once('exit', () => reject(new Error(`the local AWS did not start: ${text}`)));
  child.stdout?.on('data', (more: string) => {
    text += more;
    const lines = [...text.matchAll(/^export (\w+)=(.+)$/gm)];
    if (lines.length >= 5) resolve(Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value])));
  });
  return promise;
}

/** Serves an AWS in which a node role was recreated and nobody heals it. */
export async function serveAws(): Promise<ServedAws> {
  const folder = mkdtempSync(join(tmpdir(), 'eks-rebind-first-aid-'));
  const bare = { PATH: process.env['PATH'] ?? '', HOME: folder };
  const server = launch(['local', '--no-service', '--port', '0'], folder, bare);
  const env = { ...bare, ...(await exported(server.child)) };
  const start = (...argv: string[]) => launch(argv, folder, env);
  return {
    folder,
    env,
    start,
    run: (...argv) => start(...argv).ended,
    async stop() {
      server.child.kill('SIGTERM');
      await server.ended;
      rmSync(folder, { recursive: true });
    },
  };
}
