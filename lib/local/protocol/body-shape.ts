import { isStaticSchema, NormalizedSchema } from '@smithy/core/schema';

const BOUND = ['httpLabel', 'httpQuery', 'httpQueryParams', 'httpHeader', 'httpPrefixHeaders', 'httpPayload'] as const;

/** Whether a member travels in the path, the query, a header, the status or as the whole body. */
function isBound(member: NormalizedSchema): boolean {
  const traits = member.getMergedTraits();
  return traits.httpResponseCode !== undefined || BOUND.some((trait) => traits[trait] !== undefined);
}

const known = new WeakMap<NormalizedSchema, NormalizedSchema>();

/** The part of a REST operation's shape that travels in the JSON body. */
export function bodyShape(shape: NormalizedSchema): NormalizedSchema {
  const cached = known.get(shape);
  if (cached) return cached;
  const schema = shape.getSchema();
  if (typeof schema !== 'object' || !isStaticSchema(schema) || schema[0] !== 3) return shape;
  const [kind, namespace, name, , names, members] = schema;
  const free = names.flatMap((member, at) => (isBound(shape.getMemberSchema(member)) ? [] : [at]));
  const pick = <T>(all: readonly T[]) => all.filter((_, at) => free.includes(at));
  const body = NormalizedSchema.of([kind, namespace, name, 0, pick(names), pick(members)]);
  known.set(shape, body);
  return body;
}
