import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBundle } from '../../lib/infra/bundle.ts';
import { helpMultiples } from './help-start.ts';

// What a cold start takes, as a multiple of what it takes a function that does nothing. Seconds would tell of this machine only, and
// in Lambda they depend on the memory. Counted is processor time from the start of the process until the handler is there: other
// work on the machine changes it little; both take turns, so that what it does change it changes for both. Lambda's own runtime,
// which both load there, isn't in it: with it the multiple is smaller.
const ROUNDS = 50;

const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_LAMBDA_FUNCTION_NAME: 'eks-rebind-CheckRole',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
};

/** The first, second and third quartile. */
const quarters = (sorted: readonly number[]) => [1, 2, 3].map((quarter) => sorted[(ROUNDS * quarter) >> 2]?.toFixed(1));

/** Microseconds of processor time until a process of its own has loaded the file. */
function load(file: string): number {
  const script = `require(${JSON.stringify(file)}); const { user, system } = process.cpuUsage(); console.log(user + system);`;
  return Number(execFileSync(process.execPath, ['--eval', script], { env: ENVIRONMENT, encoding: 'utf8' }));
}

const folder = mkdtempSync(join(tmpdir(), 'eks-rebind-bench-'));
try {
  buildBundle(folder);
  const [bundle, empty] = [join(folder, 'index.js'), join(folder, 'empty.js')];
  writeFileSync(empty, 'exports.CheckRole = async () => {};');
  const multiples = Array.from({ length: ROUNDS }, () => load(bundle) / load(empty)).toSorted((a, b) => a - b);
  const [low, middle, high] = quarters(multiples);
  process.stdout.write(
    `Init of the bundle: ${middle} times an empty handler's (half of ${ROUNDS} cold starts: ${low} to ${high}), Node ${process.version}\n`,
  );
} finally {
  rmSync(folder, { recursive: true });
}

// A person waits for it: more than twice is a failure.
const help = await helpMultiples(ROUNDS);
const [low, middle = '', high] = quarters(help);
process.stdout.write(
  `eks-rebind --help: ${middle} times a bare start of Node (half of ${ROUNDS} starts: ${low} to ${high}), Node ${process.version}\n`,
);
if (Number(middle) > 2) process.exitCode = 1;
