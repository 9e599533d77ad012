import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { defineStep } from '../../handlers/shared/step.ts';
import { AwsThrottled } from '../../lib/core/errors.ts';
import type { Clusters } from '../../lib/core/ports.ts';
import { environmentOf, settingsFrom } from '../../lib/core/settings.ts';
import type { Runtime } from '../../lib/runtime.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const CONTEXT = { awsRequestId: 'request-1' };
const EXECUTION = 'arn:aws:states:us-east-1:111122223333:execution:role-changed:one';
const CAUSE = { kind: 'event', eventId: 'event-1', actorArn: 'arn:aws:iam::111122223333:user/alice' };
const input = { executionArn: EXECUTION, cause: CAUSE, entry: { region: 'eu-west-1' }, secret: 'hush' };

function world() {
  const lines: string[] = [];
  const runtime: Runtime = {
    env: {
      ...environmentOf(settingsFrom({ EKS_REBIND_REGIONS: 'eu-west-1' })),
      EKS_REBIND_ACCOUNT_ID: '111122223333',
    },
    clock: {
      now: () => NOW,
      pause: () => Promise.reject(new Error('nothing waits here')),
      busy: (work) => work(),
      idle: (work) => work(),
    },
    random: () => 0,
    write: (line) => lines.push(line),
  };
  return { runtime, lines, logged: (): unknown[] => lines.map((line): unknown => JSON.parse(line)) };
}

const answering = (run: () => Promise<unknown>) =>
  defineStep({
    name: 'LookUp',
    input: v.object({ entry: v.object({ region: v.string(), count: v.optional(v.number()) }) }),
    uses: [],
    run,
  });

describe('input', () => {
  test('that does not fit is InvalidInput, and says where it is wrong and with which value', async () => {
    const { runtime } = world();
    const invoke = answering(async () => 'never').bind(runtime);
    const answer = invoke({ entry: { region: 'eu-west-1', count: 'seven' } }, CONTEXT);
    await expect(answer).rejects.toMatchObject({
      name: 'InvalidInput',
      message: 'LookUp: entry.count is "seven", expected number',
    });
  });

  test('that is missing is said to be missing', async () => {
    const invoke = answering(async () => 'never').bind(world().runtime);
    await expect(invoke({ entry: {} }, CONTEXT)).rejects.toThrow('LookUp: entry.region is missing');
    await expect(invoke('what?', CONTEXT)).rejects.toThrow('LookUp: its input is "what?", expected Object');
  });

  test('cannot fill a history or steer a terminal through the message', async () => {
    const invoke = answering(async () => 'never').bind(world().runtime);
    const hostile = { entry: { region: 'eu-west-1', count: `\u001b[2J\u009b31m${'x'.repeat(10_000)}` } };
    const error = await invoke(hostile, CONTEXT).then(String, String);
    expect(error.length).toBeLessThan(300);
    expect(error).not.toMatch(/\p{Cc}/u);
  });
});

describe('log', () => {
  test('has one line for an answer: step, execution, cause, request and time', async () => {
    const { runtime, logged } = world();
    const invoke = answering(async () => ({ next: 'end', outcome: { name: 'Rebound' } })).bind(runtime);
    await expect(invoke(input, CONTEXT)).resolves.toEqual({ next: 'end', outcome: { name: 'Rebound' } });
    expect(logged()).toEqual([
      {
        level: 'info',
        time: '2026-03-01T12:00:00.000Z',
        step: 'LookUp',
        requestId: 'request-1',
        executionArn: EXECUTION,
        cause: CAUSE,
        next: 'end',
        outcome: 'Rebound',
        message: 'LookUp done',
      },
    ]);
  });

  test('has one line for a failure, and the failure goes on to Step Functions', async () => {
    const { runtime, logged } = world();
    const invoke = answering(() => Promise.reject(new AwsThrottled('slow down'))).bind(runtime);
    await expect(invoke(input, CONTEXT)).rejects.toMatchObject({ name: 'AwsThrottled' });
    const line = { level: 'error', step: 'LookUp', executionArn: EXECUTION, cause: CAUSE, requestId: 'request-1' };
    expect(logged()).toEqual([
      expect.objectContaining({ ...line, err: expect.objectContaining({ message: 'slow down' }) }),
    ]);
  });

  test('has one line for input that does not fit, and never the event itself', async () => {
    const { runtime, lines } = world();
    const invoke = answering(async () => 'never').bind(runtime);
    const event = { detail: { eventID: 'event-7', userIdentity: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' } } };
    await invoke({ executionArn: EXECUTION, event }, CONTEXT).catch(() => {});
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('event-7');
    expect(lines[0]).not.toContain('AKIAIOSFODNN7EXAMPLE');
  });
});

describe('ports', () => {
  const PLACE = { accountId: '111122223333', region: 'eu-west-1' };
  const clusters: Clusters = { list: async () => ['prod'], describe: async () => undefined };
  const listing = defineStep({
    name: 'LookUp',
    input: v.unknown(),
    uses: ['clusters'],
    run: async (_, ports) => ({ has: Object.keys(ports), found: await ports.clusters.list(PLACE) }),
  });

  test('are those that the step names, and its settings', async () => {
    const invoke = listing.bind(world().runtime, { clusters });
    await expect(invoke({}, CONTEXT)).resolves.toEqual({ has: ['clusters', 'settings'], found: ['prod'] });
  });

  test('are made once, and used again by the next invocation', async () => {
    const seen = new Set<unknown>();
    const step = defineStep({
      name: 'LookUp',
      input: v.unknown(),
      uses: ['clusters'],
      run: async (_, ports) => seen.add(ports.clusters).size,
    });
    const invoke = step.bind(world().runtime);
    await expect(invoke({}, CONTEXT)).resolves.toBe(1);
    await expect(invoke({}, CONTEXT)).resolves.toBe(1);
  });

  test('without a ledger handed in a step that needs one refuses to run', async () => {
    const { runtime, lines } = world();
    const step = defineStep({ name: 'LookUp', input: v.unknown(), uses: ['ledger'], run: async () => 'never' });
    await expect(step.bind(runtime)({}, CONTEXT)).rejects.toMatchObject({ name: 'LedgerNotConfigured' });
    expect(lines).toHaveLength(1);
  });

  test('with wrong settings say which variable is wrong', async () => {
    const { runtime } = world();
    const invoke = listing.bind({ ...runtime, env: { EKS_REBIND_ACCOUNT_ID: '111122223333' } });
    await expect(invoke({}, CONTEXT)).rejects.toThrow('EKS_REBIND_REGIONS');
  });
});
