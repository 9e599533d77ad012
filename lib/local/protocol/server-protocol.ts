import type { AwsFault } from '../call.ts';
import type { OperationModel, ServiceModel } from './service-model.ts';
import type { WireRequest, WireResponse } from './wire.ts';

/** The server's side of a wire protocol, for one service. */
export interface ServerProtocol {
  /** The name of the operation asked for, as far as the request tells; it may be none that the service has. */
  nameOf(request: WireRequest): string;
  /** Its input. Throws `AwsFault` for a request that can't be read. */
  read(operation: OperationModel, request: WireRequest): Promise<Record<string, unknown>>;
  write(operation: OperationModel, output: object, requestId: string): WireResponse;
  fail(fault: AwsFault, requestId: string): WireResponse;
}

const encoder = new TextEncoder();

/** Text or bytes as bytes. */
export const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? encoder.encode(content) : content;

// Errors that no model lists, with the status that AWS gives them (IAM API reference, "Common errors"; what JSON 1.x services
// send is 400 for all of the client's).
const UNMODELLED: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  AccessDeniedException: 403,
  ExpiredToken: 403,
  InvalidClientTokenId: 403,
  MissingAuthenticationTokenException: 403,
  NotEmulated: 501,
  ServiceUnavailable: 503,
  ServiceUnavailableException: 503,
  InternalFailure: 500,
  InternalServerError: 500,
};

/** Code and status with which a service answers a fault, modelled or not. */
export function codeAndStatus(fault: AwsFault, model: ServiceModel): { code: string; status: number } {
  const modelled = model.errors.get(fault.name);
  // DynamoDB's model has the codes that a form would carry, too; its JSON carries names.
  if (modelled) return { code: model.protocol === 'awsQuery' ? modelled.code : modelled.name, status: modelled.status };
  const status = UNMODELLED[fault.name] ?? 400;
  const isJsonRpc = model.protocol.startsWith('awsJson');
  return { code: fault.name, status: isJsonRpc && status < 500 ? 400 : status };
}

/** A fault's members as its schema has them, with the text under the schema's own spelling of `message`. */
export function faultMembers(fault: AwsFault, model: ServiceModel): Record<string, unknown> {
  const shape = model.errors.get(fault.name)?.schema;
  const names = shape ? [...shape.structIterator()].map(([name]) => name) : [];
  return { ...fault.members, [names.find((name) => name.toLowerCase() === 'message') ?? 'message']: fault.message };
}
