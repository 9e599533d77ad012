import * as fc from 'fast-check';
import { isStaticSchema, type NormalizedSchema } from '@smithy/core/schema';

const DEPTH = 4;

/** Text that every protocol must carry: markup, quotes, breaks, other scripts; nothing that XML can't (control characters) or that
 * the SDK's XML parser drops (text of white space only). */
const anyText = fc
  .string({
    unit: fc.constantFrom(...Array.from('ab/?#%+=&;:,.@-_ "\'<>\\{}[]\t\r\né漢🙂\u2028')),
    maxLength: 12,
  })
  .filter((text) => text === '' || text.trim() !== '');
/** Headers carry visible ASCII, trimmed. */
const headerText = fc.stringMatching(/^[!-~]([ -~]{0,10}[!-~])?$/).filter((text) => !/[",]/.test(text));
const pathText = fc
  .string({ unit: fc.constantFrom(...Array.from('ab/:%+ .-_é')), minLength: 1, maxLength: 10 })
  .filter((text) => !/^\.+$/.test(text));
const wholeSecond = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000));

function stringFor(member: NormalizedSchema): fc.Arbitrary<unknown> {
  const { httpHeader, httpPrefixHeaders, httpLabel, mediaType } = member.getMergedTraits();
  if (typeof mediaType === 'string' && mediaType.includes('json')) return fc.constant('{"a":1}');
  if (httpHeader || httpPrefixHeaders !== undefined) return headerText;
  return httpLabel ? pathText : anyText;
}

/** Any value that a schema allows, some levels deep. */
export function valueOf(schema: NormalizedSchema, depth = DEPTH): fc.Arbitrary<unknown> {
  if (schema.isStructSchema()) return schema.isUnionSchema() ? unionOf(schema, depth) : structOf(schema, depth);
  const { httpHeader, httpQuery } = schema.getMergedTraits();
  const item = () => valueOf(schema.getValueSchema(), depth - 1);
  if (schema.isListSchema()) {
    const items = httpHeader ? headerText : httpQuery ? anyText : item();
    return depth > 1 ? fc.array(items, { minLength: httpHeader || httpQuery ? 1 : 0, maxLength: 3 }) : fc.constant([]);
  }
  if (schema.isMapSchema()) {
    const key = fc.stringMatching(/^[a-z][a-zA-Z0-9:/.-]{0,6}$/);
    // A form has no way to say that a map or structure is there and empty.
    return fc.dictionary(key, item(), { minKeys: 1, maxKeys: 3, noNullPrototype: true });
  }
  if (schema.isTimestampSchema()) return wholeSecond;
  if (schema.isBlobSchema()) return fc.uint8Array({ minLength: 1, maxLength: 8 }).map((bytes) => new Uint8Array(bytes));
  if (schema.isBooleanSchema()) return fc.boolean();
  if (schema.isNumericSchema()) return fc.integer({ min: 0, max: 2 ** 31 - 1 });
  if (schema.isDocumentSchema()) return fc.constant({ a: [1, 'b', true] });
  return stringFor(schema);
}

function requiredOf(schema: NormalizedSchema): Set<string> {
  const raw = schema.getSchema();
  if (typeof raw !== 'object' || !isStaticSchema(raw) || raw[0] !== 3) return new Set();
  return new Set(raw[4].slice(0, raw[6] ?? 0));
}

function structOf(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> {
  const required = requiredOf(schema);
  const members = Object.entries(schema.getMemberSchemas()).filter(
    // An EndpointId asks for SigV4a, which needs a native library. A status code is drawn by no client.
    ([name, member]) => name !== 'EndpointId' && !member.getMergedTraits().httpResponseCode,
  );
  const isAlways = ([name, member]: [string, NormalizedSchema], at: number) => {
    const { httpLabel, httpPayload } = member.getMergedTraits();
    const isOnly = at === 0 && required.size === 0 && depth < DEPTH;
    return isOnly || required.has(name) || httpLabel || httpPayload || member.isIdempotencyToken();
  };
  const always = members.filter(isAlways);
  const wanted = depth > 0 ? members : always;
  const arbitraries = Object.fromEntries(wanted.map(([name, member]) => [name, valueOf(member, depth - 1)]));
  return fc.record(arbitraries, { requiredKeys: always.map(([name]) => name), noNullPrototype: true });
}

const holdsMore = (member: NormalizedSchema) => !member.isStringSchema() && !member.isBooleanSchema();

function unionOf(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> {
  // DynamoDB's values hold values: the deepest are of the kinds that hold none.
  const members = Object.entries(schema.getMemberSchemas()).filter(([, member]) => depth > 1 || !holdsMore(member));
  return fc.oneof(...members.map(([name, member]) => valueOf(member, depth - 1).map((value) => ({ [name]: value }))));
}
