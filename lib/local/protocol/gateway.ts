import type { Clock, Random } from '../../runtime.ts';
import type { CallLog } from '../call-log.ts';
import { AwsFault, type Call, type LocalService } from '../call.ts';
import type { Credentials } from '../credentials.ts';
import { faultOf, type FaultEffect, type Faults } from '../faults.ts';
import { randomUuid } from '../seeded-random.ts';
import { forbidden, functionUrlFront, type FunctionUrls } from './function-url-front.ts';
import { checkInput } from './input-check.ts';
import { notEmulated, unsigned } from './refusals.ts';
import { serverFor, type ServiceFront } from './service-front.ts';
import type { OperationModel } from './service-model.ts';
import { signatureScope, type SignatureScope } from './signature-scope.ts';
import { ConnectionReset, type WireRequest, type WireResponse } from './wire.ts';

type Input = Readonly<Record<string, unknown>>;

/** A call with how it ended: what CloudTrail would record. */
export interface FinishedCall {
  readonly call: Call;
  readonly input: Input;
  readonly output?: object;
  readonly fault?: AwsFault;
}

/** What the gateway hands calls to, and tells of them. */
export interface GatewayWorld {
  readonly services: readonly LocalService[];
  readonly clock: Clock;
  readonly random: Random;
  readonly credentials: Credentials;
  /** Throws the refusal of a call that its caller may not make. */
  readonly authorize: (call: Call, input: Input) => void;
  readonly faults: Faults;
  readonly calls: CallLog;
  readonly functionUrls?: FunctionUrls;
  /** Told of each call that took effect or was refused, before its answer leaves. */
  readonly onCall?: (finished: FinishedCall) => void;
}

/** Answers a request, or throws `ConnectionReset` where no answer comes. */
export type Handle = (request: WireRequest) => Promise<WireResponse>;

interface Incoming {
  readonly front: ServiceFront;
  readonly operation: OperationModel;
  readonly call: Call;
}

function faultFrom(caught: unknown): AwsFault {
  if (caught instanceof AwsFault) return caught;
  // A mistake of ours, not an answer of AWS's: said plainly, so that nobody looks for it in their own code.
  return new AwsFault('InternalFailure', `the local AWS failed: ${String(caught)}`);
}

/** The one door to the local AWS: HTTP server and in-process handler both come through it. */
export function createGateway(world: GatewayWorld): Handle {
  const { clock, random, credentials, faults, calls } = world;
  const { functionUrls } = world;
  const urlFront = functionUrls && functionUrlFront(functionUrls);
  const fronts = new Map(world.services.map((service) => [service.signingName, serverFor(service)]));

  function callOf(request: WireRequest, scope: SignatureScope, operation: string): Call {
    return {
      service: scope.signingName,
      operation,
      requestId: randomUuid(random),
      region: scope.region,
      caller: credentials.callerOf(scope.accessKeyId, scope.region),
      userAgent: request.headers['user-agent'] ?? '',
      now: clock.now(),
    };
  }

  async function outputOf({ front, operation, call }: Incoming, input: Input, effect?: FaultEffect): Promise<object> {
    try {
      world.authorize(call, input);
      const injected = effect && faultOf(effect, call);
      if (injected) throw injected;
      checkInput(operation.input, input, front.validationFault);
      const output = (await front.service.operations[operation.name]?.(input, call)) ?? {};
      world.onCall?.({ call, input, output });
      return output;
    } catch (caught) {
      world.onCall?.({ call, input, fault: faultFrom(caught) });
      throw caught;
    }
  }

  function log({ service, operation, region, requestId, now, caller }: Call, input: Input, error?: string): void {
    const who = { accessKeyId: caller.accessKeyId, callerArn: caller.arn };
    calls.add({ service, operation, region, ...who, at: now, requestId, input, ...(error && { error }) });
  }

  async function answer(incoming: Incoming, input: Input): Promise<WireResponse> {
    const { front, operation, call } = incoming;
    const effect = faults.strike(call, input);
    let response: WireResponse;
    let error: string | undefined;
    if (effect?.kind === 'connectionLost') {
      log(call, input, 'ConnectionReset');
      throw new ConnectionReset();
    }
    try {
      response = front.protocol.write(operation, await outputOf(incoming, input, effect), call.requestId);
    } catch (caught) {
      error = faultFrom(caught).name;
      response = front.protocol.fail(faultFrom(caught), call.requestId);
    }
    const isLost = effect?.kind === 'answerLost';
    log(call, input, isLost ? 'ConnectionReset' : error);
    if (effect?.kind === 'slow') await clock.idle(() => clock.pause(effect.milliseconds));
    if (isLost) throw new ConnectionReset();
    return response;
  }

  async function receive(request: WireRequest): Promise<WireResponse> {
    const scope = signatureScope(request.headers['authorization']);
    const isToUrl = functionUrls?.isFor(request) ?? false;
    if (isToUrl && scope?.signingName !== 'lambda') return forbidden;
    if (!scope) return unsigned(randomUuid(random));
    const front = isToUrl ? urlFront : fronts.get(scope.signingName);
    const name = front?.protocol.nameOf(request) ?? `${request.method} ${request.path}`;
    const operation = front?.model.operations.get(name);
    if (!front || !operation || !front.service.operations[name]) {
      return notEmulated(scope.signingName, name, request, randomUuid(random), front?.protocol);
    }
    const call = callOf(request, scope, name);
    try {
      return await answer({ front, operation, call }, await front.protocol.read(operation, request));
    } catch (caught) {
      if (caught instanceof ConnectionReset) throw caught;
      log(call, {}, faultFrom(caught).name);
      return front.protocol.fail(faultFrom(caught), call.requestId);
    }
  }

  return (request) => clock.busy(() => receive(request));
}
