import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Call } from '../call.ts';
import { AwsFault } from '../call.ts';
import { bytesOf } from '../protocol/server-protocol.ts';
import type { WireRequest, WireResponse } from '../protocol/wire.ts';
import type { DeployedFunction, FunctionState } from './function-state.ts';
import type { InvocationResult } from './invocation-result.ts';

// Lambda developer guide, "Creating and managing Lambda function URLs": https://<url-id>.lambda-url.<region>.on.aws. On a
// laptop, *.localhost is the loopback address to curl and to browsers.
const HOST = /^([a-z0-9]{32})\.lambda-url\.([a-z0-9-]+)\.(?:on\.aws|localhost)(?::\d+)?$/;

type Located = Pick<DeployedFunction, 'arn' | 'region'>;

/** The id in a function's URL: always the same for the same function. */
function urlIdOf({ arn }: Located): string {
  return createHash('sha256').update(arn).digest('hex').slice(0, 32);
}

/** The URL of a function. */
export const functionUrl = (located: Located): string =>
  `https://${urlIdOf(located)}.lambda-url.${located.region}.on.aws/`;

/** The same over the loopback address. */
export const localFunctionUrl = (located: Located, port: number): string =>
  `http://${urlIdOf(located)}.lambda-url.${located.region}.localhost:${port}/`;

/** Whether a request is made to some function's URL. */
export const isToFunctionUrl = ({ headers }: WireRequest): boolean => HOST.test(headers['host'] ?? '');

/** The function that a request's host names, if it has a URL. */
export function functionAt({ headers }: WireRequest, state: FunctionState): DeployedFunction | undefined {
  const [, id, region = ''] = HOST.exec(headers['host'] ?? '') ?? [];
  return state.all().find((one) => one.definition.url && one.region === region && urlIdOf(one) === id);
}

/** The event of a request, payload format 2.0 (Lambda developer guide, "Request payload format" of function URLs). */
export function urlEvent(request: WireRequest, { caller, requestId, now, userAgent }: Call): object {
  const { method, path, query, headers, body } = request;
  const { host = '' } = headers;
  const [domainPrefix] = host.split('.');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers,
    requestContext: {
      accountId: caller.accountId,
      apiId: domainPrefix,
      authentication: null,
      authorizer: {
        iam: {
          accessKey: caller.accessKeyId,
          accountId: caller.accountId,
          callerId: caller.principalId,
          cognitoIdentity: null,
          principalOrgId: null,
          userArn: caller.arn,
          userId: caller.principalId,
        },
      },
      domainName: host,
      domainPrefix,
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: logTime(now),
      timeEpoch: now,
    },
    ...bodyOf(body),
  };
}

/** A body as text; Lambda's rule for what counts as binary isn't published, here it is what isn't UTF-8. */
function bodyOf(body: Uint8Array): object {
  if (body.byteLength === 0) return { isBase64Encoded: false };
  const isBase64Encoded = !isUtf8(body);
  return { body: Buffer.from(body).toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
}

/** A moment as in `requestContext.time`: `12/Mar/2020:19:03:58 +0000`. */
function logTime(now: number): string {
  const [, day, month, year, time] = new Date(now).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

/** What a function's result is over HTTP: its own answer where it has the form of one, else JSON with 200. */
export function urlAnswer({ payload, error }: InvocationResult): WireResponse {
  if (error) throw new AwsFault('InternalFailure', 'Internal Server Error');
  const answer = typeof payload === 'object' && payload !== null ? payload : {};
  if (!('statusCode' in answer) || typeof answer.statusCode !== 'number') {
    return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: bytesOf(JSON.stringify(payload)) };
  }
  const headers =
    'headers' in answer && typeof answer.headers === 'object' ? Object.entries({ ...answer.headers }) : [];
  return {
    statusCode: answer.statusCode,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), String(value)])),
    body: decoded('body' in answer ? String(answer.body) : '', 'isBase64Encoded' in answer && answer.isBase64Encoded),
  };
}

const decoded = (body: string, isBase64Encoded: unknown): Uint8Array =>
  isBase64Encoded === true ? Buffer.from(body, 'base64') : bytesOf(body);
