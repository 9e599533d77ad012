import { type Random, systemClock } from '../runtime.ts';
import type { Io, Terminal } from './io.ts';

/** What a terminal takes of a process. */
export interface Host {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  once(event: 'SIGINT' | 'SIGTERM', listener: (signal: 'SIGINT' | 'SIGTERM') => void): unknown;
}

const CLEAR_LINE = '\r\u001B[K';

// V8 lets its heap grow less far with these, after the start, too: measured, since Node promises nothing about flags that are set
// so late. A scan of 10,000 entries holds 130 MiB, not 300, and takes no longer; a command that computes takes half as long again.
const SPARING = ['--optimize-for-size', '--semi-space-growth-factor=1'];

/** The terminal that a process runs in. */
export function processTerminal(host: Host, random: Random): Terminal {
  const { env } = host;
  const io = ioOf(host);
  return {
    io,
    env,
    isInteractive: Boolean(host.stdin.isTTY && host.stderr.isTTY),
    async ask(question) {
      io.progress('');
      const { createInterface } = await import('node:readline/promises');
      // `terminal: false` leaves line editing and Ctrl-C to the terminal: Ctrl-C is then a signal like any other.
      const lines = createInterface({ input: host.stdin, output: host.stderr, terminal: false });
      const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
      try {
        return await Promise.race([lines.question(question), ended]);
      } finally {
        lines.close();
      }
    },
    readInput: async () => (await import('node:stream/consumers')).text(host.stdin),
    untilSignal: () =>
      new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) host.once(signal, resolve);
      }),
    runtime: { env, clock: systemClock, random, write: io.stderr },
    async spareMemory() {
      const { setFlagsFromString } = await import('node:v8');
      for (const flag of SPARING) setFlagsFromString(flag);
    },
  };
}

function ioOf({ stdout, stderr, env }: Host): Io {
  let isDrawn = false;
  function clear() {
    if (isDrawn) stderr.write(CLEAR_LINE);
    isDrawn = false;
  }
  const writeTo = (stream: NodeJS.WritableStream) => (line: string) => {
    clear();
    stream.write(`${line}\n`);
  };
  // Whoever read it (`| head`) has read enough: no crash for that.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    stdout: writeTo(stdout),
    stderr: writeTo(stderr),
    error: writeTo(stderr),
    // NO_COLOR counts when it is set and not empty: https://no-color.org
    isTty: Boolean(stdout.isTTY && !env['NO_COLOR']),
    isStderrTty: Boolean(stderr.isTTY),
    progress(line) {
      if (!stderr.isTTY) return;
      clear();
      // A line that wraps could not be cleared. A terminal without a size says 0.
      stderr.write(line.slice(0, (stderr.columns || 80) - 1));
      isDrawn = line !== '';
    },
  };
}
