import { GetFunctionUrlConfigCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { answerQuestion } from '../../../../lib/aws/answer-client.ts';
import { ACCOUNT, localWorld, refusal, ROOT } from '../local-world.ts';

type Answerer = (event: unknown) => unknown;

/** A function `Answer` with a URL, one `Hidden` without, and a way to send signed requests. */
function urlWorld(invoke: Answerer = (event) => event) {
  const { aws, clock, config } = localWorld();
  const definition = {
    environment: {},
    actions: [],
    timeoutSeconds: 10,
    invoke: async (event: unknown) => invoke(event),
  };
  aws.deploy({
    accountId: ACCOUNT,
    partition: 'aws',
    region: 'us-east-1',
    functions: { Answer: { ...definition, hasUrl: true }, Hidden: definition },
    stateMachines: {},
    rules: {},
  });
  const send = (actions?: readonly string[], url = aws.lambda.urlOf('Answer')) => {
    const key = aws.credentials.issue({
      arn: ROOT.replace('root', 'role/ops'),
      sessionName: 'ann',
      ...(actions && { actions }),
    });
    const env = {
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      AWS_SESSION_TOKEN: key.sessionToken,
    };
    const runtime = { env, clock, random: () => 0, write: () => {}, requestHandler: aws.requestHandler };
    return answerQuestion(runtime, url, { question: 'q1', answer: 'approve' });
  };
  return { aws, config, send };
}

test('the function gets the request with the identity of whoever signed it', async () => {
  const { aws, send } = urlWorld();
  const { status, body } = await send();
  expect(status).toBe(200);
  expect(JSON.parse(body)).toMatchObject({
    version: '2.0',
    rawPath: '/',
    requestContext: {
      http: { method: 'POST', path: '/' },
      authorizer: { iam: { accountId: ACCOUNT, userArn: `arn:aws:sts::${ACCOUNT}:assumed-role/ops/ann` } },
    },
    body: JSON.stringify({ schemaVersion: 1, question: 'q1', answer: 'approve' }),
    isBase64Encoded: false,
  });
  expect(aws.calls.all.map(({ operation }) => operation)).toContain('InvokeFunctionUrl');
});

test('its answer is the answer, status and headers and all', async () => {
  const { send } = urlWorld(() => ({ statusCode: 409, headers: { 'Content-Type': 'text/plain' }, body: 'too late' }));
  expect(await send()).toEqual({ status: 409, body: 'too late' });
});

test('a function that fails is a bad gateway', async () => {
  const { send } = urlWorld(() => {
    throw new Error('no');
  });
  expect(await send()).toEqual({ status: 502, body: '{"Message":"Internal Server Error"}' });
});

describe('nobody gets in', () => {
  const FORBIDDEN = { status: 403, body: '{"Message":"Forbidden"}' };

  test('who is not allowed to', async () => {
    const { send } = urlWorld();
    expect(await send(['lambda:InvokeFunction'])).toEqual(FORBIDDEN);
    expect(await send(['lambda:InvokeFunctionUrl'])).toMatchObject({ status: 200 });
  });

  test('at a URL that is none', async () => {
    const { aws, send } = urlWorld();
    const other = aws.lambda.urlOf('Answer').replace(/\/\/\w{4}/, '//0000');
    expect(await send(undefined, other)).toEqual(FORBIDDEN);
    expect(() => aws.lambda.urlOf('Hidden')).toThrow("function 'Hidden' has no URL");
  });

  test('without a signature, over the loopback address as well', async () => {
    const { aws } = urlWorld();
    const server = await aws.listen();
    const host = new URL(aws.lambda.urlOf('Answer')).hostname.replace('on.aws', 'localhost');
    const status = await new Promise((resolve, reject) => {
      request(server.url, { method: 'POST', headers: { host } }, (response) => resolve(response.statusCode))
        .on('error', reject)
        .end('{}');
    });
    await server.close();
    expect(status).toBe(403);
  });
});

test('Lambda tells the URL of a function that has one', async () => {
  const { aws, config } = urlWorld();
  const lambda = new LambdaClient(config());
  const { FunctionUrl, AuthType } = await lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: 'Answer' }));
  expect({ FunctionUrl, AuthType }).toEqual({ FunctionUrl: aws.lambda.urlOf('Answer'), AuthType: 'AWS_IAM' });
  const asked = lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: 'Hidden' }));
  expect(await refusal(asked)).toMatchObject({ name: 'ResourceNotFoundException' });
});
