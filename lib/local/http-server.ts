import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Handle } from './protocol/gateway.ts';
import { ConnectionReset } from './protocol/wire.ts';

/** A server that listens. */
export interface Listening {
  /** Where: `http://127.0.0.1:PORT`. */
  readonly url: string;
  close(): Promise<void>;
}

async function serve(handle: Handle, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
  const answer = await handle({
    method: request.method ?? 'GET',
    path,
    query: query.join('?'),
    headers: Object.fromEntries(headers),
    body: await buffer(request),
  });
  response.writeHead(answer.statusCode, { ...answer.headers, 'content-length': answer.body.byteLength });
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}

/** Serves on the loopback address only; port 0 takes any that is free. */
export async function listen(handle: Handle, port = 0): Promise<Listening> {
  const server = createServer((request, response) => {
    serve(handle, request, response).catch((error: unknown) => {
      if (error instanceof ConnectionReset) request.socket.resetAndDestroy();
      else response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the server has no address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
