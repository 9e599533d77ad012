import { isStaticSchema, type NormalizedSchema } from '@smithy/core/schema';
import { AwsFault } from '../call.ts';

/** A member's name inside a message: AWS's services write them in lower camel case. */
const inMessage = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

function requiredMembers(shape: NormalizedSchema): string[] {
  const schema = shape.getSchema();
  if (typeof schema !== 'object' || !isStaticSchema(schema) || schema[0] !== 3) return [];
  // A structure's required members come first, and their number last.
  return schema[4].slice(0, schema[6] ?? 0);
}

function isOfShape(shape: NormalizedSchema, value: unknown): boolean {
  if (shape.isStringSchema()) return typeof value === 'string';
  if (shape.isNumericSchema()) return typeof value === 'number' && Number.isFinite(value);
  if (shape.isBooleanSchema()) return typeof value === 'boolean';
  if (shape.isListSchema()) return Array.isArray(value);
  if (shape.isMapSchema() || shape.isStructSchema()) return typeof value === 'object' && !Array.isArray(value);
  if (shape.isTimestampSchema()) return value instanceof Date && !Number.isNaN(value.getTime());
  return shape.isBlobSchema() ? value instanceof Uint8Array : true;
}

interface Findings {
  readonly missing: string[];
  readonly misshapen: string[];
}

function check(shape: NormalizedSchema, value: unknown, path: string, findings: Findings): void {
  if (value === undefined || value === null) return;
  if (!isOfShape(shape, value)) {
    findings.misshapen.push(path);
    return;
  }
  const at = (name: string) => (path ? `${path}.${name}` : name);
  if (shape.isListSchema() && Array.isArray(value)) {
    value.forEach((item, index) => check(shape.getValueSchema(), item, at(`${index + 1}.member`), findings));
  }
  if (typeof value !== 'object') return;
  const members = new Map<string, unknown>(Object.entries(value));
  if (shape.isMapSchema()) {
    for (const [key, each] of members) check(shape.getValueSchema(), each, at(key), findings);
  }
  if (!shape.isStructSchema()) return;
  for (const name of requiredMembers(shape)) {
    if (members.get(name) === undefined || members.get(name) === null) findings.missing.push(at(inMessage(name)));
  }
  for (const [name, member] of shape.structIterator()) check(member, members.get(name), at(inMessage(name)), findings);
}

/** Refuses an input that lacks required members or has members of a wrong shape, in the words AWS's services use. */
export function checkInput(shape: NormalizedSchema, input: object, faultName: string): void {
  if (shape.isUnitSchema()) return;
  const findings: Findings = { missing: [], misshapen: [] };
  check(shape, input, '', findings);
  const [misshapen] = findings.misshapen;
  if (misshapen !== undefined) {
    throw new AwsFault('SerializationException', `the value at '${misshapen}' is not of the expected type`);
  }
  const { missing } = findings;
  if (missing.length === 0) return;
  // The text that IAM, Step Functions, Lambda and EventBridge have in common.
  const each = missing.map((path) => `Value null at '${path}' failed to satisfy constraint: Member must not be null`);
  const count = `${missing.length} validation error${missing.length > 1 ? 's' : ''} detected`;
  throw new AwsFault(faultName, `${count}: ${each.join('; ')}`);
}
