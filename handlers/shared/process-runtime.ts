import { systemClock, type Runtime } from '../../lib/runtime.ts';

/** The world of a real Lambda process. */
export const processRuntime = (): Runtime => ({
  env: process.env,
  clock: systemClock,
  random: Math.random,
  // Not the console: in JSON logs Lambda wraps what it writes, and CloudWatch would find no metrics in it (CloudWatch user guide,
  // "Using the client libraries to generate embedded metric format logs").
  write: (line) => process.stdout.write(`${line}\n`),
});
