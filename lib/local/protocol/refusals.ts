import { AwsFault } from '../call.ts';
import { bytesOf, type ServerProtocol } from './server-protocol.ts';
import type { WireRequest, WireResponse } from './wire.ts';

function plain(statusCode: number, code: string, message: string, requestId: string): WireResponse {
  const headers = { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': code };
  return { statusCode, headers, body: bytesOf(JSON.stringify({ __type: code, message })) };
}

/** The answer to a request without a SigV4 header, as API Gateway words it for every service behind it. */
export const unsigned = (requestId: string): WireResponse =>
  plain(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token', requestId);

/** The answer to an operation that nothing here emulates: 501, by name, in the protocol the client speaks. */
export function notEmulated(
  signingName: string,
  operation: string,
  request: WireRequest,
  requestId: string,
  protocol: ServerProtocol | undefined,
): WireResponse {
  const message = `the local AWS does not emulate ${signingName} ${operation}; see lib/local/SUPPORTED.md`;
  if (protocol) return protocol.fail(new AwsFault('NotEmulated', message), requestId);
  if (!request.headers['content-type']?.includes('form')) return plain(501, 'NotEmulated', message, requestId);
  const error = `<Error><Type>Receiver</Type><Code>NotEmulated</Code><Message>${message}</Message></Error>`;
  const body = `<ErrorResponse>${error}<RequestId>${requestId}</RequestId></ErrorResponse>`;
  const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
  return { statusCode: 501, headers, body: bytesOf(body) };
}
