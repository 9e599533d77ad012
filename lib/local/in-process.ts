import type { HttpHandler } from '@smithy/core/protocols';
import { buildQueryString, HttpResponse } from '@smithy/core/protocols';
import type { Handle } from './protocol/gateway.ts';
import { bytesOf } from './protocol/server-protocol.ts';

type HandleArguments = Parameters<HttpHandler['handle']>;

async function bodyOf(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === 'string' || body instanceof Uint8Array) return bytesOf(body);
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  throw new TypeError('a streaming request body has no way into the local AWS');
}

/** The `requestHandler` of an SDK client that reaches the local AWS without a network. */
export function inProcessHandler(handle: Handle): HttpHandler {
  return {
    async handle(request: HandleArguments[0], options?: HandleArguments[1]) {
      if (options?.abortSignal?.aborted) throw new DOMException('Request aborted', 'AbortError');
      const lowerCase = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
      const response = await handle({
        method: request.method,
        path: request.path,
        query: buildQueryString(request.query),
        headers: Object.fromEntries(lowerCase),
        body: await bodyOf(request.body),
      });
      return { response: new HttpResponse({ ...response, headers: { ...response.headers } }) };
    },
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
    destroy: () => {},
  };
}
