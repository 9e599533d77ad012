import { GetFunctionUrlConfigCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { request } from 'node:http';
import { HttpRequest } from '@smithy/core/protocols';
import { describe, expect, test } from 'vitest';
import { answerQuestion } from '../../../../lib/aws/answer-client.ts';
import type { Runtime } from '../../../../lib/runtime.ts';
import { ACCOUNT, localWorld, refusal, ROOT, START } from '../local-world.ts';
import { allowing } from '../allowing.ts';

const APPROVAL = { question: 'q1', answer: 'approve' } as const;

type Answerer = (event: unknown, runtime: Runtime) => unknown;

/** A function `Answer` with a URL, one `Hidden` without, and a way to send signed requests. */
function urlWorld(invoke: Answerer = (event) => event) {
  const { aws, clock, config } = localWorld();
  const definition = {
    environment: {},
    statements: [],
    timeoutSeconds: 10,
    invoke: async (event: unknown, _context: unknown, runtime: Runtime) => invoke(event, runtime),
  };
  aws.deploy({
    accountId: ACCOUNT,
    partition: 'aws',
    region: 'us-east-1',
    functions: { Answer: { ...definition, url: { authType: 'AWS_IAM' } }, Hidden: definition },
    stateMachines: {},
    rules: {},
  });
  const personWith = (actions?: readonly string[]) => {
    const key = aws.credentials.issue({
      arn: ROOT.replace('root', 'role/ops'),
      sessionName: 'ann',
      ...(actions && { statements: allowing(...actions) }),
    });
    const env = {
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      AWS_SESSION_TOKEN: key.sessionToken,
    };
    return { env, clock, random: () => 0, write: () => {} };
  };
  const send = (actions?: readonly string[], url = aws.lambda.urlOf('Answer')) =>
    answerQuestion({ ...personWith(actions), requestHandler: aws.requestHandler }, url, APPROVAL);
  /** A request as whoever signs makes it; here nobody checks the signature, only what it was made for. */
  const post = async (body: Uint8Array, service = 'lambda') => {
    const scope = `${personWith().env.AWS_ACCESS_KEY_ID}/20261124/us-east-1/${service}/aws4_request`;
    const { response } = await aws.requestHandler.handle(
      new HttpRequest({
        method: 'POST',
        path: '/some/where',
        query: { a: 'b' },
        headers: {
          host: new URL(aws.lambda.urlOf('Answer')).host,
          authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
        },
        body,
      }),
    );
    return { statusCode: response.statusCode, body: Buffer.from(response.body) };
  };
  return { aws, config, personWith, send, post };
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
      time: '24/Nov/2026:05:30:00 +0000',
      timeEpoch: START,
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

test('a body that is no text travels in base64, both ways', async () => {
  const { post } = urlWorld((event) => event);
  const binary = Uint8Array.of(0xff, 0xfe, 0x00);
  expect(JSON.parse((await post(binary)).body.toString())).toMatchObject({
    rawPath: '/some/where',
    rawQueryString: 'a=b',
    body: '//4A',
    isBase64Encoded: true,
  });
  const echo = urlWorld((event) => ({ statusCode: 200, ...Object(event), body: '//4A', isBase64Encoded: true }));
  expect(await echo.post(binary)).toEqual({ statusCode: 200, body: Buffer.from(binary) });
  const bare = JSON.parse((await post(new Uint8Array())).body.toString());
  expect(bare).not.toHaveProperty('body');
});

test('any other value is its JSON', async () => {
  expect(await urlWorld(() => 'thanks').send()).toEqual({ status: 200, body: '"thanks"' });
});

test('one that is killed on the way is a bad gateway', async () => {
  const { aws, send } = urlWorld((_event, { requestHandler }) => requestHandler?.handle(new HttpRequest({})));
  const kill = aws.lambda.killBeforeCall(1);
  expect(await send()).toMatchObject({ status: 502 });
  expect(kill.count).toBe(1);
});

test('too many at once are told so', async () => {
  const { aws, send } = urlWorld();
  const throttle = aws.faults.inject({ operation: 'InvokeFunctionUrl', times: 1, effect: { kind: 'throttle' } });
  expect(await send()).toMatchObject({ status: 429 });
  expect(throttle.count).toBe(1);
  expect(await send()).toMatchObject({ status: 200 });
});

test('over the network it is reached by AWS_ENDPOINT_URL, or by its own name under localhost', async () => {
  const { aws, personWith } = urlWorld(() => 'thanks');
  const server = await aws.listen();
  const endpoint = server.url;
  const { env, ...person } = personWith();
  const runtime = { ...person, env: { ...env, AWS_ENDPOINT_URL: endpoint } };
  const local = aws.lambda.urlOf('Answer', Number(new URL(endpoint).port));
  expect(local).toMatch(/^http:\/\/[a-z0-9]{32}\.lambda-url\.us-east-1\.localhost:\d+\/$/);
  const thanked = { status: 200, body: '"thanks"' };
  expect(await answerQuestion(runtime, aws.lambda.urlOf('Answer'), APPROVAL)).toEqual(thanked);
  expect(await answerQuestion(runtime, local, APPROVAL)).toEqual(thanked);
  await server.close();
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
    expect(await send(['lambda:InvokeFunctionUrl'])).toEqual(FORBIDDEN);
    expect(await send(['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl'])).toMatchObject({ status: 200 });
  });

  test('who signed for another service', async () => {
    const { aws, post } = urlWorld();
    expect((await post(new Uint8Array(), 's3')).statusCode).toBe(403);
    expect(aws.calls.all).toEqual([]);
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
