import { type JsonCodec2, JsonShapeDeserializer2, JsonShapeSerializer2 } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsFault } from '../call.ts';

type JsonSettings = ConstructorParameters<typeof JsonCodec2>[0];

/** Seconds since 1970 unless a member says otherwise: the default of every JSON protocol. */
const timestampFormat = { useTrait: true, default: 7 } as const;

/** How restJson1 puts values into bodies, headers and paths. */
export const restJsonSettings: JsonSettings = { timestampFormat, httpBindings: true, jsonName: true };

/** How awsJson1_0 and 1_1 put values into bodies. */
export const rpcJsonSettings: JsonSettings = { timestampFormat, jsonName: false };

/** Members of a shape, read from a JSON body; a body of nothing has none. */
export async function readJson(shape: NormalizedSchema, body: Uint8Array, settings: JsonSettings) {
  try {
    const read: unknown = await new JsonShapeDeserializer2(settings).read(shape, body);
    if (typeof read !== 'object' || read === null || Array.isArray(read)) throw new SyntaxError('not a JSON object');
    return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== null));
  } catch (error) {
    // What services answer to a body they can't parse; their texts name Java classes and vary.
    throw new AwsFault('SerializationException', `the body can't be read: ${String(error)}`);
  }
}

/** A value as JSON, by its shape. */
export function writeJson(shape: NormalizedSchema, value: unknown, settings: JsonSettings): Uint8Array {
  const serializer = new JsonShapeSerializer2(settings);
  serializer.write(shape, value);
  return new Uint8Array(serializer.flush());
}

/** A fault's members as plain JSON values, by its modelled shape where there is one. */
export function plainMembers(
  shape: NormalizedSchema | undefined,
  members: Readonly<Record<string, unknown>>,
  settings: JsonSettings,
): object {
  if (!shape) return members;
  const written: unknown = JSON.parse(new TextDecoder().decode(writeJson(shape, members, settings)));
  return typeof written === 'object' && written ? written : {};
}
