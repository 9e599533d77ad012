import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Runtime } from '../runtime.ts';
import { createClients } from './clients.ts';

/** What AnswerApproval said. */
interface AnswerReply {
  readonly status: number;
  readonly body: string;
}

/** Which question, and a person's word on it. */
export interface PersonsAnswer {
  readonly question: string;
  readonly answer: 'approve' | 'deny';
}

/** Answers a question over the function URL of AnswerApproval, signed with the runtime's own keys: AWS tells the function who asks. */
export async function answerQuestion(runtime: Runtime, url: string, answer: PersonsAnswer): Promise<AnswerReply> {
  const { env, clock } = runtime;
  const { host, pathname: path } = new URL(url);
  // https://<id>.lambda-url.<region>.on.aws: the URL knows best which region to sign for.
  const region = host.split('.')[2] ?? '';
  // The SDK has no call for function URLs; keys, hash and transport are those of any of its clients.
  const { credentials, sha256, requestHandler } = createClients({
    ...runtime,
    env: { ...env, AWS_REGION: region },
  }).sns().config;
  const unsigned = new HttpRequest({
    ...destination(env['AWS_ENDPOINT_URL'] || url),
    method: 'POST',
    path,
    headers: { host, 'content-type': 'application/json' },
    body: JSON.stringify({ schemaVersion: 1, ...answer }),
  });
  const signer = new SignatureV4({ service: 'lambda', region, credentials, sha256 });
  const signed = await signer.sign(unsigned, { signingDate: new Date(clock.now()) });
  const { response } = await requestHandler.handle(new HttpRequest(signed));
  return { status: response.statusCode, body: await textOf(response.body) };
}

/** Where to connect: the host that is asked for is told by a header, so that a local endpoint can take its place. */
function destination(url: string) {
  const { protocol, hostname, port } = new URL(url);
  return { protocol, hostname, ...(port && { port: Number(port) }) };
}

async function textOf(body: unknown): Promise<string> {
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- over the network the SDK's handler gives a stream of Node's
  return new Response(body as ConstructorParameters<typeof Response>[0]).text();
}
