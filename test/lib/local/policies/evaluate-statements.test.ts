import { describe, expect, test } from 'vitest';
import type { PolicyStatement } from '../../../../lib/local/deployment.ts';
import { evaluateStatements } from '../../../../lib/local/policies/evaluate-statements.ts';

const CLUSTER = 'arn:aws:eks:eu-west-1:111122223333:cluster/prod';

const allow = (actions: string, resources = '*', conditions?: PolicyStatement['conditions']): PolicyStatement => ({
  effect: 'Allow',
  actions: [actions],
  resources: [resources],
  ...(conditions && { conditions }),
});
const deny = (...given: Parameters<typeof allow>): PolicyStatement => ({ ...allow(...given), effect: 'Deny' });

interface Asked {
  readonly action?: string;
  readonly resource?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

const evaluate = (
  statements: readonly PolicyStatement[],
  { action = 'eks:DescribeCluster', resource = CLUSTER, context = {} }: Asked = {},
) => evaluateStatements(statements, { action, resource, context: new Map(Object.entries(context)) });

describe('a request is', () => {
  test('denied where nothing speaks of it', () => {
    expect(evaluate([])).toEqual({ effect: 'implicitDeny', statements: [] });
    expect(evaluate([allow('eks:ListClusters')])).toEqual({ effect: 'implicitDeny', statements: [] });
  });

  test('allowed by the statements that cover it, which are told', () => {
    expect(evaluate([allow('iam:*'), allow('eks:Describe*'), allow('*')])).toEqual({
      effect: 'allow',
      statements: [1, 2],
    });
  });

  test('denied by one statement, whatever allows it', () => {
    expect(evaluate([allow('*'), deny('eks:*'), allow('eks:DescribeCluster')])).toEqual({
      effect: 'explicitDeny',
      statements: [1],
    });
  });

  test('not touched by a deny of something else', () => {
    expect(evaluate([allow('*'), deny('eks:DeleteCluster')]).effect).toBe('allow');
  });
});

describe('a statement covers', () => {
  test.each([
    ['*', true],
    [CLUSTER, true],
    ['arn:aws:eks:*:111122223333:cluster/*', true],
    ['arn:aws:eks:eu-west-1:111122223333:cluster/pro?', true],
    ['arn:aws:eks:eu-west-1:111122223333:cluster/other', false],
    ['arn:aws:eks:eu-west-1:444455556666:cluster/*', false],
    ['arn:aws:eks:*', false],
    ['arn:aws:eks:eu-west-1:111122223333:access-entry/*', false],
  ])('the resource %s: %s', (pattern, expected) => {
    expect(evaluate([allow('eks:DescribeCluster', pattern)]).effect === 'allow').toBe(expected);
  });

  test.each([
    ['*', true],
    ['arn:aws:eks:eu-west-1:111122223333:cluster/*', false],
  ])('an action that is about no resource in particular, on %s: %s', (pattern, expected) => {
    const listing = { action: 'eks:ListClusters', resource: '*' };
    expect(evaluate([allow('eks:ListClusters', pattern)], listing).effect === 'allow').toBe(expected);
  });

  test.each([
    ['EKS:describecluster', true],
    ['eks:Describe?luster', true],
    ['eks:Describe', false],
    ['iam:DescribeCluster', false],
  ])('the action %s: %s', (pattern, expected) => {
    expect(evaluate([allow(pattern)]).effect === 'allow').toBe(expected);
  });
});

describe('conditions', () => {
  const both = {
    StringEquals: { 'eks:accessEntryType': ['EC2_LINUX'] },
    ArnLike: { 'eks:principalArn': ['arn:aws:iam::*:role/n*'] },
  };
  const statement = allow('*', '*', both);

  test.each([
    [{ 'eks:accessentrytype': ['EC2_LINUX'], 'eks:principalarn': ['arn:aws:iam::1:role/nodes'] }, 'allow'],
    [{ 'eks:accessentrytype': ['STANDARD'], 'eks:principalarn': ['arn:aws:iam::1:role/nodes'] }, 'implicitDeny'],
    [{ 'eks:accessentrytype': ['EC2_LINUX'], 'eks:principalarn': ['arn:aws:iam::1:role/people'] }, 'implicitDeny'],
    [{ 'eks:accessentrytype': ['EC2_LINUX'] }, 'implicitDeny'],
  ])('must all hold: %j is %s', (context, expected) => {
    expect(evaluate([statement], { context }).effect).toBe(expected);
  });

  test('of one key need one of the values', () => {
    const types = allow('*', '*', { StringEquals: { 'eks:accessEntryType': ['EC2_LINUX', 'FARGATE_LINUX'] } });
    expect(evaluate([types], { context: { 'eks:accessentrytype': ['FARGATE_LINUX'] } }).effect).toBe('allow');
  });

  test('are compared by keys in any case', () => {
    const key = allow('*', '*', { StringEquals: { 'EKS:AccessEntryType': ['EC2_LINUX'] } });
    expect(evaluate([key], { context: { 'eks:accessentrytype': ['EC2_LINUX'] } }).effect).toBe('allow');
  });

  test('keep a deny away too, where they do not hold', () => {
    const insecure = deny('*', '*', { Bool: { 'aws:SecureTransport': ['false'] } });
    expect(evaluate([allow('*'), insecure], { context: { 'aws:securetransport': ['true'] } }).effect).toBe('allow');
    expect(evaluate([allow('*'), insecure], { context: { 'aws:securetransport': ['false'] } }).effect).toBe(
      'explicitDeny',
    );
  });
});
