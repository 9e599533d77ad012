import { NormalizedSchema } from '@smithy/core/schema';
import type { Operation } from '../call.ts';
import type { ServerProtocol } from './server-protocol.ts';
import type { OperationModel } from './service-model.ts';
import { bytesOf } from './server-protocol.ts';
import type { ServiceFront } from './service-front.ts';
import type { WireRequest, WireResponse } from './wire.ts';

/** Function URLs: their wire side, and what a call to one does. */
export interface FunctionUrls {
  /** Whether a request is made to some function's URL, by its host. */
  isFor(request: WireRequest): boolean;
  readonly protocol: ServerProtocol;
  readonly invoke: Operation;
}

const OPERATION = 'InvokeFunctionUrl';
const any = NormalizedSchema.of('unit');
const operation: OperationModel = { name: OPERATION, input: any, output: any };

/** Function URLs as a service of one operation, so that faults, the call log and permissions hold for them too. */
export function functionUrlFront({ protocol, invoke }: FunctionUrls): ServiceFront {
  return {
    service: { signingName: 'lambda', operations: { [OPERATION]: invoke } },
    model: {
      signingName: 'lambda',
      protocol: 'restJson1',
      xmlNamespace: '',
      isQueryCompatible: false,
      operations: new Map([[OPERATION, operation]]),
      errors: new Map(),
    },
    protocol,
    validationFault: 'ValidationException',
  };
}

/** What a function URL answers to whoever didn't sign, or signed for another service. */
export const forbidden: WireResponse = {
  statusCode: 403,
  headers: { 'content-type': 'application/json' },
  body: bytesOf('{"Message":"Forbidden"}'),
};
