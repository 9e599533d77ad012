import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type BundledFunctions, bundledFunctions } from '../../../../lib/cli/bundled/bundled-functions.ts';
import { createVirtualClock } from '../../../../lib/local/virtual-clock.ts';
import { type Clock, systemClock } from '../../../../lib/runtime.ts';

const BUNDLE = `
let count = 0;
exports.Environment = async () => ({ ...process.env });
exports.Count = async (event, context) => ({ count: (count += 1), pid: process.pid, event, id: context.awsRequestId });
exports.Slow = async () => { const at = count; await new Promise((r) => setTimeout(r, 50)); count = at + 1; return count; };
exports.Remaining = async (event, context) => context.getRemainingTimeInMillis();
exports.Log = async () => { for (let n = 0; n < 3000; n++) console.log('line ' + n + ' ' + 'x'.repeat(100)); };
exports.Fail = async () => { throw Object.assign(new Error('no such role'), { name: 'RoleGone' }); };
exports.Exit = async () => { console.log('last words'); process.exit(3); };
exports.Hang = () => new Promise(() => {});
`;

const file = join(mkdtempSync(join(tmpdir(), 'eks-rebind-')), 'index.js');
writeFileSync(file, BUNDLE);

let functions: BundledFunctions;
afterEach(() => functions.close());

/** A function of the bundle, and what it takes to invoke it. */
function deployed(exportName: string, clock: Clock = systemClock, seconds = 10) {
  functions = bundledFunctions(file, async () => 'http://127.0.0.1:1');
  const code = functions.codeOf(`index.${exportName}`, `eks-rebind-${exportName}`);
  let requests = 0;
  return async (event: unknown = {}) => {
    const log: string[] = [];
    const context = {
      functionName: `eks-rebind-${exportName}`,
      awsRequestId: `request-${(requests += 1)}`,
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:it',
      getRemainingTimeInMillis: () => seconds * 1_000,
    };
    const runtime = { env: { EKS_REBIND_CAP: '5' }, clock, random: () => 0, write: (line: string) => log.push(line) };
    const ended = await code(event, context, runtime).then(
      (value) => ({ value }),
      ({ name, message }: Error) => ({ error: `${name}: ${message}` }),
    );
    return { ...ended, log };
  };
}

const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a function of a bundle', () => {
  test('has the environment of its own, the endpoint, and nothing of this process', async () => {
    const value = { EKS_REBIND_CAP: '5', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
    expect(await deployed('Environment')()).toEqual({ value, log: [] });
  });

  test('takes events as JSON, in one process that lives on', async () => {
    const invoke = deployed('Count');
    const first = await invoke({ at: new Date(0), none: undefined });
    const second = await invoke();
    expect(first).toMatchObject({ value: { count: 1, event: { at: '1970-01-01T00:00:00.000Z' }, id: 'request-1' } });
    expect(second).toMatchObject({ value: { count: 2, id: 'request-2' } });
    expect(second).toMatchObject({ value: { pid: expect.not.toBeOneOf([process.pid]) } });
  });

  test('takes one invocation after another', async () => {
    const invoke = deployed('Slow');
    expect(await Promise.all([invoke(), invoke(), invoke()])).toMatchObject([{ value: 1 }, { value: 2 }, { value: 3 }]);
  });

  test('is told how long it may take', async () => {
    const { value } = { value: 0, ...(await deployed('Remaining')()) };
    expect(Number(value)).toBeGreaterThan(9_000);
    expect(Number(value)).toBeLessThanOrEqual(10_000);
  });

  test('has in its log all that it wrote, and not a line more', async () => {
    const { log, ...ended } = await deployed('Log')();
    expect(ended).toEqual({ value: null });
    expect(log).toHaveLength(3_000);
    expect(log.at(-1)).toMatch(/^line 2999 x+$/);
  });

  test.each([
    ['throws', 'Fail', 'RoleGone: no such role'],
    ['is not in the bundle', 'Other', 'Runtime.HandlerNotFound: index.Other is undefined or not exported'],
    ['hangs', 'Hang', 'Sandbox.Timedout: RequestId: request-1 Error: Task timed out after 0.30 seconds'],
    ['exits', 'Exit', 'Runtime.ExitError: RequestId: request-1 Error: Runtime exited with error: exit status 3'],
  ])('fails in Lambda’s words when it %s', async (_, exportName, error) => {
    expect(await deployed(exportName, systemClock, 0.3)()).toMatchObject({ error });
  });

  test('starts anew after its process has ended, whose last words are in its log', async () => {
    const invoke = deployed('Exit');
    expect(await invoke()).toMatchObject({ error: expect.stringContaining('request-1'), log: ['last words'] });
    expect(await invoke()).toMatchObject({ error: expect.stringContaining('request-2'), log: ['last words'] });
  });

  test('stands a virtual clock still while it runs', async () => {
    const clock = createVirtualClock(0);
    const invoke = deployed('Slow', clock);
    const times = await clock.run(async () => {
      const results = [invoke(), invoke()].map((one) => one.then(() => clock.now()));
      void clock.pause(1);
      return Promise.all(results);
    });
    expect(times).toEqual([0, 0]);
  });

  test('ends with the rest', async () => {
    const { value } = { value: {}, ...(await deployed('Count')()) };
    const pid = value && typeof value === 'object' && 'pid' in value ? Number(value.pid) : 0;
    expect(isRunning(pid)).toBe(true);
    await functions.close();
    expect(isRunning(pid)).toBe(false);
  });

  test('needs a handler string of the bundle', () => {
    functions = bundledFunctions(file, async () => '');
    expect(() => functions.codeOf('main.go', 'it')).toThrow(/'it' has the handler 'main.go', expected index.NAME/);
  });
});
