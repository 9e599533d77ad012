import type { InvocationRequest, InvocationResponse } from '@aws-sdk/client-lambda';
import type { Clock } from '../../runtime.ts';
import type { Call } from '../call.ts';
import { AwsFault } from '../call.ts';
import { functionNamed } from './function-named.ts';
import type { DeployedFunction, FunctionState } from './function-state.ts';
import type { InvocationResult } from './invocation-result.ts';

/** Runs a function once. */
export type Run = (deployed: DeployedFunction, payload: unknown) => Promise<InvocationResult>;

type Input = InvocationRequest & { FunctionName: string };

const TYPES = ['Event', 'RequestResponse', 'DryRun'];

// Lambda quotas: 6 MB of payload.
const MOST_PAYLOAD_BYTES = 6_291_456;

// Lambda developer guide, "Error handling and retries": a minute before the second attempt, two before the third.
const RETRY_WAITS_MS = [60_000, 120_000];

/** Invokes a function: waits for its result, or lets it run and answers at once, or only tells that it could. */
export async function invoke(input: Input, state: FunctionState, clock: Clock, run: Run, call: Call) {
  const { InvocationType: type = 'RequestResponse' } = input;
  const deployed = functionNamed(state, input, call);
  for (const member of ['ClientContext', 'DurableExecutionName', 'TenantId'] as const) {
    if (input[member]) throw new AwsFault('NotEmulated', `the local AWS does not emulate ${member} of Invoke`);
  }
  if (!TYPES.includes(type)) {
    const rule = `Member must satisfy enum value set: [${TYPES.join(', ')}]`;
    const text = `1 validation error detected: Value '${type}' at 'invocationType' failed to satisfy constraint: ${rule}`;
    throw new AwsFault('InvalidParameterValueException', text, { Type: 'User' });
  }
  const payload = payloadOf(input.Payload);
  if (type === 'DryRun') return { StatusCode: 204 } satisfies InvocationResponse;
  if (type === 'Event') {
    void runInBackground(deployed, payload, clock, run);
    return { StatusCode: 202 } satisfies InvocationResponse;
  }
  // The function's own calls and waits must not be held up by this call, which is in flight meanwhile.
  const result = await clock.idle(() => run(deployed, payload));
  return {
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
    Payload: Buffer.from(JSON.stringify(result.payload)),
    ...(result.error && { FunctionError: 'Unhandled' }),
    ...(input.LogType === 'Tail' && { LogResult: lastOf(result.log) }),
  } satisfies InvocationResponse;
}

function payloadOf(bytes: Uint8Array | undefined): unknown {
  if (!bytes?.length) return {};
  if (bytes.length > MOST_PAYLOAD_BYTES) {
    const text = `Request must be smaller than ${MOST_PAYLOAD_BYTES} bytes for the InvokeFunction operation`;
    throw new AwsFault('RequestTooLargeException', text, { Type: 'User' });
  }
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch (error) {
    // Text: `aws lambda invoke --payload 'Hello World'`; what follows is the parser's, of which Lambda has another.
    const reason = error instanceof Error ? error.message : String(error);
    const text = `Could not parse request body into json: Could not parse payload into json: ${reason}`;
    throw new AwsFault('InvalidRequestContentException', text, { Type: 'User' });
  }
}

async function runInBackground(deployed: DeployedFunction, payload: unknown, clock: Clock, run: Run): Promise<void> {
  for (const wait of [...RETRY_WAITS_MS, undefined]) {
    const failed = await run(deployed, payload).then(
      ({ error }) => error !== undefined,
      () => true,
    );
    if (!failed || wait === undefined) return;
    await clock.pause(wait);
  }
}

/** The last 4 KB of a log, as the header carries it. */
const lastOf = (log: readonly string[]): string =>
  Buffer.from(log.map((line) => `${line}\n`).join(''))
    .subarray(-4_096)
    .toString('base64');
