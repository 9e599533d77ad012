import { FromStringShapeDeserializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsFault } from '../call.ts';
import { bodyShape } from './body-shape.ts';
import { readJson, restJsonSettings } from './json-body.ts';
import type { OperationModel } from './service-model.ts';
import type { WireRequest } from './wire.ts';

/** Values as they stand in paths, queries and headers. */
const text = new FromStringShapeDeserializer(restJsonSettings);

function decoded(label: string): string {
  try {
    return decodeURIComponent(label);
  } catch {
    throw new AwsFault('SerializationException', `the path can't be decoded at '${label}'`);
  }
}

function readQuery(member: NormalizedSchema, values: readonly string[]): unknown {
  if (values.length === 0) return undefined;
  if (member.isListSchema()) return values.map((value): unknown => text.read(member.getValueSchema(), value));
  return text.read(member, values[0] ?? '');
}

/** The map made of all headers with a prefix. */
function readPrefixed(prefix: string, headers: WireRequest['headers']): Record<string, string> | undefined {
  const start = prefix.toLowerCase();
  const found = Object.entries(headers).filter(([name]) => name.startsWith(start));
  return found.length ? Object.fromEntries(found.map(([name, value]) => [name.slice(start.length), value])) : undefined;
}

/** What a payload member is made of: the whole body. */
async function readPayload(member: NormalizedSchema, body: Uint8Array): Promise<unknown> {
  if (body.byteLength === 0) return undefined;
  if (member.isBlobSchema()) return body;
  return member.isStringSchema() ? new TextDecoder().decode(body) : readJson(member, body, restJsonSettings);
}

/** Reads an input from where its members are bound to: path, query, headers and body. */
export async function readRestRequest(
  { input }: OperationModel,
  labels: Readonly<Record<string, string>>,
  { query, headers, body }: WireRequest,
): Promise<Record<string, unknown>> {
  const params = new URLSearchParams(query);
  const found: [string, unknown][] = [];
  let hasPayload = false;
  if (input.isUnitSchema()) return {};

  for (const [name, member] of input.structIterator()) {
    const { httpLabel, httpQuery, httpQueryParams, httpHeader, httpPrefixHeaders, httpPayload } =
      member.getMergedTraits();
    const label = labels[name];
    const header = httpHeader && headers[httpHeader.toLowerCase()];
    if (httpLabel && label !== undefined) found.push([name, text.read(member, decoded(label))]);
    else if (httpQuery) found.push([name, readQuery(member, params.getAll(httpQuery))]);
    else if (httpQueryParams) found.push([name, Object.fromEntries(params)]);
    else if (header !== undefined && header !== '') found.push([name, text.read(member, header)]);
    else if (httpPrefixHeaders !== undefined) found.push([name, readPrefixed(httpPrefixHeaders, headers)]);
    else if (httpPayload) {
      hasPayload = true;
      found.push([name, await readPayload(member, body)]);
    }
  }
  const inBody = hasPayload ? {} : await readJson(bodyShape(input), body, restJsonSettings);
  return { ...inBody, ...Object.fromEntries(found.filter(([, value]) => value !== undefined)) };
}
