import type { HttpHandler, HttpRequest } from '@smithy/core/protocols';
import { HttpResponse } from '@smithy/core/protocols';
import type { Clock, Runtime } from '../../../lib/runtime.ts';

/** One scripted answer: a status with a JSON body, or a lost connection. */
export type Answer =
  | { readonly status: number; readonly errorType?: string; readonly body: object }
  | { readonly connectionError: string };

/** An AWS that answers what the test says, call by call, and takes `latencyMs` of the clock for each. */
export function scriptedAws(answers: (request: HttpRequest, attempt: number) => Answer, clock: Clock, latencyMs = 0) {
  const sentAt: number[] = [];
  let out = 0;
  let mostAtOnce = 0;
  const handler: Pick<HttpHandler, 'handle'> = {
    async handle(request) {
      sentAt.push(clock.now());
      mostAtOnce = Math.max(mostAtOnce, ++out);
      if (latencyMs > 0) await clock.idle(() => clock.pause(latencyMs));
      out--;
      const answer = answers(request, sentAt.length);
      if ('connectionError' in answer) {
        throw Object.assign(new Error(answer.connectionError), { code: answer.connectionError });
      }
      return {
        response: new HttpResponse({
          statusCode: answer.status,
          headers: {
            'content-type': 'application/json',
            ...(answer.errorType ? { 'x-amzn-errortype': answer.errorType } : {}),
          },
          body: new TextEncoder().encode(JSON.stringify(answer.body)),
        }),
      };
    },
  };
  const runtime: Runtime = {
    env: {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      EKS_REBIND_ACCOUNT_ID: '111122223333',
    },
    clock,
    random: () => 0.5,
    write: () => {},
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the SDK calls nothing of a handler but `handle`
    requestHandler: handler as HttpHandler,
  };
  return { runtime, sentAt, mostAtOnce: () => mostAtOnce };
}
