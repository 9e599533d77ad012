import { systemClock, type Runtime } from '../../lib/runtime.ts';

/** The world of a real Lambda process. */
export const processRuntime = (): Runtime => ({
  env: process.env,
  clock: systemClock,
  random: Math.random,
  write: (line) => process.stdout.write(`${line}\n`),
});
