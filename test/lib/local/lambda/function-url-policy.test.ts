import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import { answerQuestion } from '../../../../lib/aws/answer-client.ts';
import type { PolicyStatement, ResourcePolicyStatement } from '../../../../lib/local/deployment.ts';
import { ACCOUNT, localWorld, refusal, roleArn } from '../local-world.ts';

const ANSWER = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:Answer`;
const OTHER = '444455556666';
const person = (account = ACCOUNT) => `arn:aws:iam::${account}:role/approvers/ann`;

type Conditions = NonNullable<PolicyStatement['conditions']>;
const byUrl: Conditions = { Bool: { 'lambda:InvokedViaFunctionUrl': ['true'] } };
const signed: Conditions = { StringEquals: { 'lambda:FunctionUrlAuthType': ['AWS_IAM'] } };

const allow = (action: string, conditions?: Conditions, resource = ANSWER): PolicyStatement => ({
  effect: 'Allow',
  actions: [action],
  resources: [resource],
  ...(conditions && { conditions }),
});
const letting = (principal: string, statement: PolicyStatement): ResourcePolicyStatement => ({
  ...statement,
  principals: { AWS: [principal] },
});

const own = [allow('lambda:InvokeFunctionUrl', signed), allow('lambda:InvokeFunction', byUrl)];

const hear = async () => 'heard';

/** A function with a URL and a policy, and somebody who calls it. */
function urlWorld(
  statements: readonly PolicyStatement[],
  resourcePolicy: readonly ResourcePolicyStatement[] = [],
  account = ACCOUNT,
) {
  const { aws, clock, config } = localWorld();
  const Answer = {
    invoke: hear,
    environment: {},
    statements: [],
    timeoutSeconds: 10,
    url: { authType: 'AWS_IAM' },
    resourcePolicy,
  } as const;
  const where = { accountId: ACCOUNT, partition: 'aws', region: 'us-east-1' };
  aws.deploy({ ...where, functions: { Answer }, stateMachines: {}, rules: {} });
  const key = aws.credentials.issue({ arn: person(account), sessionName: 'ann', statements });
  const env = {
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    AWS_SESSION_TOKEN: key.sessionToken,
  };
  const runtime = { env, clock, random: () => 0, write: () => {}, requestHandler: aws.requestHandler };
  const call = () => answerQuestion(runtime, aws.lambda.urlOf('Answer'), { question: 'q1', answer: 'approve' });
  return { call, lambda: new LambdaClient(config(key)) };
}

describe('a function URL is open to', () => {
  const [url, invoke] = own.map((statement) => letting(person(), statement));
  test.each<[string, readonly PolicyStatement[], readonly (ResourcePolicyStatement | undefined)[], number]>([
    ['whoever may by their own policy', own, [], 200],
    ["whoever the function's policy names", [], [url, invoke], 200],
    ['whoever may one by this and the other by that', own.slice(0, 1), [invoke], 200],
    ['nobody without lambda:InvokeFunctionUrl', own.slice(1), [invoke], 403],
    ['nobody without lambda:InvokeFunction', own.slice(0, 1), [url], 403],
    ['nobody whom a policy names without a role’s path', [], own.map((one) => letting(roleArn('ann'), one)), 403],
    ['nobody who may invoke another function', [allow('lambda:*', undefined, `${ANSWER}2`)], [], 403],
    [
      'nobody where a URL without authentication is asked for',
      [
        allow('lambda:InvokeFunctionUrl', { StringEquals: { 'lambda:FunctionUrlAuthType': ['NONE'] } }),
        ...own.slice(1),
      ],
      [],
      403,
    ],
  ])('%s', async (_who, statements, policy, status) => {
    const { call } = urlWorld(
      statements,
      policy.filter((one) => one !== undefined),
    );
    expect((await call()).status).toBe(status);
  });

  test.each<[string, readonly ResourcePolicyStatement[], number]>([
    ['where both accounts agree', own.map((one) => letting(person(OTHER), one)), 200],
    ['not by their own policy alone', [], 403],
  ])('another account %s', async (_when, policy, status) => {
    expect((await urlWorld(own, policy, OTHER).call()).status).toBe(status);
  });
});

describe('whoever may invoke it over its URL alone', () => {
  test('may not invoke it directly', async () => {
    const { lambda } = urlWorld(own);
    expect(await refusal(lambda.send(new InvokeCommand({ FunctionName: 'Answer' })))).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`not authorized to perform: lambda:InvokeFunction on resource: ${ANSWER}`),
    });
  });

  test('may where nothing is said of the URL', async () => {
    const { lambda } = urlWorld([allow('lambda:InvokeFunction')]);
    expect(await lambda.send(new InvokeCommand({ FunctionName: 'Answer', InvocationType: 'DryRun' }))).toMatchObject({
      StatusCode: 204,
    });
  });
});
