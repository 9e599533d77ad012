import { asText } from './properties.ts';
import { isMembers, type Members } from './template.ts';
import { refuse } from './template-error.ts';

/** What names in a template stand for. */
export interface Names {
  /** What `Ref` gives: for a pseudo parameter, a parameter or a resource. */
  ref(name: string, path: string): unknown;
  getAtt(logicalId: string, attribute: string, path: string): string;
  /** Whether a condition holds. */
  holds(condition: string, path: string): boolean;
}

/** What `AWS::NoValue` gives: whatever has this value isn't there. */
export const noValue = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, path: string, names: Names) => unknown;

// CloudFormation user guide, "Intrinsic function reference". What isn't among them is refused by name.
const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, path, names) => (typeof name === 'string' ? names.ref(name, path) : malformed(path, name)),
  'Fn::GetAtt': getAtt,
  'Fn::Join': join,
  'Fn::Sub': substitute,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::If': choose,
};

/** The names of the intrinsic functions that are known. */
export const intrinsicFunctions = Object.keys(INTRINSICS);

/** A value of the template with its intrinsic functions carried out; members and items without a value are left out. */
export function resolve(value: unknown, path: string, names: Names): unknown {
  if (typeof value === 'string') return plainText(value, path);
  if (Array.isArray(value)) {
    return value.map((item, index) => resolve(item, `${path}.${index}`, names)).filter((item) => item !== noValue);
  }
  if (!isMembers(value)) return value;
  const keys = Object.keys(value);
  const called = keys.find((key) => key.startsWith('Fn::') || (key === 'Ref' && keys.length === 1));
  if (called !== undefined) return call(called, value, path, names);
  const members = keys.map((key) => [key, resolve(value[key], `${path}.${key}`, names)] as const);
  return Object.fromEntries(members.filter(([, member]) => member !== noValue));
}

function call(name: string, value: Members, path: string, names: Names): unknown {
  const intrinsic = INTRINSICS[name];
  if (!intrinsic) {
    return refuse(
      path,
      `the local AWS knows no intrinsic function '${name}'; it knows ${intrinsicFunctions.join(', ')}`,
    );
  }
  if (Object.keys(value).length > 1) return refuse(path, `expected nothing beside '${name}'`);
  return intrinsic(value[name], `${path}.${name}`, names);
}

/** A value that must come out as text. */
export function resolveText(value: unknown, path: string, names: Names): string {
  const resolved = resolve(value, path, names);
  return asText(resolved) ?? refuse(path, `expected text, it is ${JSON.stringify(resolved) ?? 'no value'}`);
}

function plainText(text: string, path: string): string {
  // User guide, "Get values stored in other services": they are looked up while deploying.
  if (text.includes('{{resolve:')) return refuse(path, `the local AWS knows no dynamic references like '${text}'`);
  return text;
}

function getAtt(argument: unknown, path: string, names: Names): string {
  // A text has the first dot between the two (YAML's short form, which JSON may use as well).
  const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : listAt(argument, path);
  if (typeof logicalId !== 'string' || attribute.some((part) => typeof part !== 'string')) malformed(path, argument);
  return names.getAtt(String(logicalId), attribute.join('.'), path);
}

function join(argument: unknown, path: string, names: Names): string {
  const [delimiter, parts] = listAt(argument, path);
  if (typeof delimiter !== 'string') return malformed(path, argument);
  const values = listAt(resolve(parts, `${path}.1`, names), path);
  return values.map((value) => asText(value) ?? malformed(path, value)).join(delimiter);
}

function substitute(argument: unknown, path: string, names: Names): string {
  const [text, values] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== 'string' || !isMembers(values)) return malformed(path, argument);
  // `${!Literal}` comes out as `${Literal}`.
  return plainText(text, path).replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const trimmed = name.trim();
    if (Object.hasOwn(values, trimmed)) return resolveText(values[trimmed], `${path}.1.${trimmed}`, names);
    const isAttribute = trimmed.includes('.');
    return resolveText(isAttribute ? { 'Fn::GetAtt': trimmed } : { Ref: trimmed }, path, names);
  });
}

function select(argument: unknown, path: string, names: Names): unknown {
  const [index, list] = listAt(argument, path);
  const position = Number(resolveText(index, `${path}.0`, names));
  const items = listAt(resolve(list, `${path}.1`, names), path);
  return position in items
    ? items[position]
    : refuse(path, `expected one of ${items.length} items, asked for ${position}`);
}

function split(argument: unknown, path: string, names: Names): string[] {
  const [delimiter, text] = listAt(argument, path);
  if (typeof delimiter !== 'string' || delimiter === '') return malformed(path, argument);
  return resolveText(text, `${path}.1`, names).split(delimiter);
}

function choose(argument: unknown, path: string, names: Names): unknown {
  const [condition, whenTrue, whenFalse] = listAt(argument, path);
  if (typeof condition !== 'string') return malformed(path, argument);
  const isTrue = names.holds(condition, path);
  return resolve(isTrue ? whenTrue : whenFalse, `${path}.${isTrue ? 1 : 2}`, names);
}

const listAt = (value: unknown, path: string): readonly unknown[] =>
  Array.isArray(value) ? value : malformed(path, value);

const malformed = (path: string, value: unknown): never =>
  refuse(path, `not what the function takes: ${JSON.stringify(value)}`);
