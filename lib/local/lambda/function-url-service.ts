import type { Clock } from '../../runtime.ts';
import { AwsFault, type Call } from '../call.ts';
import type { ServerProtocol } from '../protocol/server-protocol.ts';
import type { WireRequest, WireResponse } from '../protocol/wire.ts';
import { bytesOf } from '../protocol/server-protocol.ts';
import { functionAt, urlAnswer, urlEvent } from './function-url.ts';
import type { FunctionState } from './function-state.ts';
import type { Run } from './invoke.ts';

/** What travels between the two halves of a call to a function URL. */
interface UrlCall {
  readonly FunctionName: string;
  readonly request: WireRequest;
}

const json = (statusCode: number, body: object): WireResponse => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: bytesOf(JSON.stringify(body)),
});

/** The wire side: any HTTP request is the one operation, and any answer of the function is its answer. */
export function functionUrlProtocol(state: FunctionState): ServerProtocol {
  return {
    nameOf: () => 'InvokeFunctionUrl',
    async read(_operation, request) {
      const deployed = functionAt(request, state);
      if (!deployed) throw new AwsFault('AccessDeniedException', 'Forbidden');
      return { FunctionName: deployed.arn, request };
    },
    write: (_operation, output) => ('answer' in output ? answerOf(output.answer) : json(200, {})),
    fail(fault) {
      // Whoever isn't allowed, or knocks where no URL is, gets the same words (Lambda developer guide, "Control access to function URLs").
      if (fault.name === 'AccessDeniedException') return json(403, { Message: 'Forbidden' });
      if (fault.name === 'TooManyRequestsException') return json(429, { Message: 'Too Many Requests' });
      return json(502, { Message: 'Internal Server Error' });
    },
  };
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made by invokeFunctionUrl and by nothing else
const answerOf = (answer: unknown) => answer as WireResponse;

/** Runs the function behind the URL for a caller who may. */
export async function invokeFunctionUrl(
  { FunctionName, request }: UrlCall,
  { state, clock, run }: { readonly state: FunctionState; readonly clock: Clock; readonly run: Run },
  call: Call,
): Promise<{ readonly answer: WireResponse }> {
  const deployed = state.find(FunctionName);
  if (!deployed) throw new AwsFault('AccessDeniedException', 'Forbidden');
  // The function's own calls and waits must not be held up by this call, which is in flight meanwhile.
  const result = await clock.idle(() => run(deployed, urlEvent(request, call)));
  return { answer: urlAnswer(result) };
}
