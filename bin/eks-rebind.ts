#!/usr/bin/env node
import { main } from '../lib/cli/main.ts';

const { stdout, stderr, env, argv } = process;

const code = await main(argv.slice(2), {
  io: {
    stdout: (line) => void stdout.write(`${line}\n`),
    stderr: (line) => void stderr.write(`${line}\n`),
    isTty: stdout.isTTY && !env['NO_COLOR'],
  },
  untilSignal: () =>
    new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
    }),
});
// What still waits, waits for nothing any more; what was written goes out first.
stdout.write('', () => process.exit(code));
