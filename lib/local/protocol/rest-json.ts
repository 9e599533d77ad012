import { ToStringShapeSerializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { bodyShape } from './body-shape.ts';
import { plainMembers, restJsonSettings, writeJson } from './json-body.ts';
import { readRestRequest } from './rest-json-request.ts';
import { restPaths } from './rest-path.ts';
import { bytesOf, codeAndStatus, faultMembers, type ServerProtocol } from './server-protocol.ts';
import type { ServiceModel } from './service-model.ts';

function asText(member: NormalizedSchema, value: unknown): string {
  const serializer = new ToStringShapeSerializer(restJsonSettings);
  serializer.write(member, value);
  return serializer.flush();
}

function payloadOf(member: NormalizedSchema, value: unknown): Uint8Array {
  if (value instanceof Uint8Array || typeof value === 'string') return bytesOf(value);
  return writeJson(member, value, restJsonSettings);
}

interface Bound {
  statusCode?: number;
  readonly headers: Record<string, string>;
  payload?: Uint8Array;
}

/** Puts members of an output where they are bound to, other than the JSON body. */
function bind(shape: NormalizedSchema, output: Readonly<Record<string, unknown>>): Bound {
  const bound: Bound = { headers: {} };
  for (const [name, member] of shape.structIterator()) {
    const { httpHeader, httpPrefixHeaders, httpResponseCode, httpPayload } = member.getMergedTraits();
    const value = output[name];
    if (httpPayload) bound.payload = value === undefined ? new Uint8Array() : payloadOf(member, value);
    if (value === undefined || value === null) continue;
    if (httpHeader) bound.headers[httpHeader.toLowerCase()] = asText(member, value);
    if (httpResponseCode) bound.statusCode = Number(value);
    if (httpPrefixHeaders !== undefined) {
      for (const [key, each] of Object.entries(value)) {
        bound.headers[`${httpPrefixHeaders}${key}`.toLowerCase()] = asText(member.getValueSchema(), each);
      }
    }
  }
  return bound;
}

const headersFor = (requestId: string) => ({ 'content-type': 'application/json', 'x-amzn-requestid': requestId });

/** restJson1: the operation is in method and path, its input there, in the query, in headers and in a JSON body. */
export function restJson(model: ServiceModel): ServerProtocol {
  const match = restPaths(model.operations.values());

  return {
    nameOf: (request) => match(request)?.operation.name ?? `${request.method} ${request.path}`,
    read: (operation, request) => readRestRequest(operation, match(request)?.labels ?? {}, request),
    write({ http, output: shape }, output, requestId) {
      const bound: Bound = shape.isUnitSchema() ? { headers: {} } : bind(shape, { ...output });
      const isEmpty = shape.isUnitSchema();
      const body = bound.payload ?? (isEmpty ? bytesOf('{}') : writeJson(bodyShape(shape), output, restJsonSettings));
      const statusCode = bound.statusCode ?? http?.[2] ?? 200;
      return { statusCode, headers: { ...headersFor(requestId), ...bound.headers }, body };
    },
    fail(fault, requestId) {
      const { code, status } = codeAndStatus(fault, model);
      const shape = model.errors.get(fault.name)?.schema;
      const members = faultMembers(fault, model);
      const bound = shape ? bind(shape, members).headers : {};
      const body = plainMembers(shape && bodyShape(shape), members, restJsonSettings);
      const headers = { ...headersFor(requestId), 'x-amzn-errortype': code, ...bound };
      return { statusCode: status, headers, body: bytesOf(JSON.stringify(body)) };
    },
  };
}
