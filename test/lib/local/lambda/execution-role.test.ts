import { describe, expect, test } from 'vitest';
import type { FunctionDefinition, PolicyStatement } from '../../../../lib/local/deployment.ts';
import { ACCOUNT, lambdaWorld, REGION } from './lambda-world.ts';

const GROUP = '/eks-rebind/CheckRole';
const groupArn = (suffix: string) => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${suffix}`;

const allow = (actions: readonly string[], resource: string): PolicyStatement => ({
  effect: 'Allow',
  actions,
  resources: [resource],
});
const LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const TRACES = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'];

/** A function that writes a line, after it was invoked. */
async function invoked(statements: readonly PolicyStatement[], more: Partial<FunctionDefinition> = {}) {
  const tell: FunctionDefinition = {
    invoke: async (_event, _context, { write }) => write('one line'),
    environment: {},
    statements,
    timeoutSeconds: 3,
    logGroup: GROUP,
    ...more,
  };
  const { aws, run, lines } = lambdaWorld({ tell });
  const { log } = await run('tell');
  return { aws, written: lines, tail: log, group: aws.lambda.logGroups.linesOf(GROUP) };
}

describe("a function's lines reach its log group", () => {
  test.each<[string, readonly PolicyStatement[], number]>([
    ['by the group and all in it', [allow(LOGS, groupArn(`${GROUP}:*`))], 1],
    ['by anything', [allow(['logs:*'], '*')], 1],
    ['not by the group without what is in it', [allow(LOGS, groupArn(GROUP))], 0],
    ['not by another group', [allow(LOGS, groupArn('/aws/lambda/tell:*'))], 0],
    ['not without CreateLogStream', [allow(['logs:PutLogEvents'], '*')], 0],
    ['not without PutLogEvents', [allow(['logs:CreateLogStream'], '*')], 0],
  ])('%s', async (_how, statements, count) => {
    const { group, written, tail } = await invoked(statements);
    expect(group).toHaveLength(count);
    expect(written).toEqual(group);
    // Lambda shows them to whoever invokes it with a log tail all the same.
    expect(tail).toEqual(['one line']);
  });

  test('named after it, where it has no other', async () => {
    const tell: FunctionDefinition = {
      invoke: async (_event, _context, { write }) => write('one line'),
      environment: {},
      statements: [allow(LOGS, groupArn('/aws/lambda/tell:*'))],
      timeoutSeconds: 3,
    };
    const { aws, run } = lambdaWorld({ tell });
    await run('tell');
    expect(aws.lambda.logGroups.linesOf('/aws/lambda/tell')).toEqual(['one line']);
  });

  test('and what let them is told', async () => {
    const { aws } = await invoked([allow(['eks:*'], '*'), allow(LOGS, groupArn(`${GROUP}:*`))]);
    expect(aws.permissions.used.map(({ principal, statement, action }) => [principal, statement, action])).toEqual([
      ['tell', 1, 'logs:CreateLogStream'],
      ['tell', 1, 'logs:PutLogEvents'],
    ]);
  });
});

describe("a function's traces are kept", () => {
  test.each<[string, readonly string[], FunctionDefinition['tracing'], number]>([
    ['with both actions', TRACES, 'Active', 1],
    ['not where tracing passes through', TRACES, 'PassThrough', 0],
    ['not where nothing is said of tracing', TRACES, undefined, 0],
    ['not without PutTelemetryRecords', TRACES.slice(0, 1), 'Active', 0],
    ['not without PutTraceSegments', TRACES.slice(1), 'Active', 0],
  ])('%s', async (_how, actions, tracing, count) => {
    const { aws } = await invoked([allow(actions, '*')], tracing && { tracing });
    expect(aws.lambda.traces).toHaveLength(count);
  });
});
