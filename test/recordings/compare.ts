import { isObject, type Json } from '../../lib/local/stepfunctions/json.ts';
import { Bindings, isMasked } from './placeholders.ts';

/** How to compare one case. */
export interface Comparison {
  readonly bindings: Bindings;
  /** Members that are not compared, wherever they are. */
  readonly ignored: ReadonlySet<string>;
  /** Members that AWS did not have yet when the case was recorded. */
  readonly notYet: (member: string) => boolean;
}

/** What a case ignores (`$..name`), and what its year did not know (README of the recordings: field presence). */
export function comparisonFor(recorded: {
  readonly recorded: string;
  readonly ignoredFields?: readonly string[];
}): Comparison {
  const names = (recorded.ignoredFields ?? []).filter((path) => path.startsWith('$..')).map((path) => path.slice(3));
  return {
    bindings: new Bindings(),
    ignored: new Set(names),
    notYet: (member) =>
      (/^redrive/i.test(member) && recorded.recorded < '2023-12-01') ||
      (/^assignedVariables/.test(member) && recorded.recorded < '2024-11-01'),
  };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const show = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 200)} … ${text.slice(-80)}` : text;
};

function compareObjects(recorded: object, actual: object, at: string, how: Comparison): string[] {
  const expected = new Map(Object.entries(recorded));
  const found = new Map(Object.entries(actual));
  const names = new Set([...expected.keys(), ...found.keys()]);
  return [...names].flatMap((name) => {
    if (how.ignored.has(name) || (!expected.has(name) && how.notYet(name))) return [];
    if (!expected.has(name)) return [`${at}.${name}: not recorded, but got ${show(found.get(name))}`];
    if (!found.has(name)) return [`${at}.${name}: recorded ${show(expected.get(name))}, but got nothing`];
    return compare(expected.get(name) as Json, found.get(name) as Json, `${at}.${name}`, how);
  });
}

/** Compares a recorded value with ours and tells each difference. JSON text is compared by its value. */
export function compare(recorded: Json, actual: Json | Date, at: string, how: Comparison): string[] {
  const differ = [`${at}: recorded ${show(recorded)}, but got ${show(actual)}`];
  if (typeof recorded === 'string' && isMasked(recorded)) return [];
  if (typeof recorded === 'string' && typeof actual === 'string') {
    if (how.bindings.matches(recorded, actual)) return [];
    const [expectedJson, actualJson] = [parsed(recorded), parsed(actual)];
    const bothJson = expectedJson !== undefined && actualJson !== undefined && typeof expectedJson !== 'string';
    return bothJson ? compare(expectedJson, actualJson, at, how) : differ;
  }
  // An object in the recording may be text on the wire; the other way round the recording kept the text.
  if (typeof actual === 'string' && typeof recorded === 'object' && recorded !== null) {
    const json = parsed(actual);
    return json === undefined || typeof json === 'string' ? differ : compare(recorded, json, at, how);
  }
  if (Array.isArray(recorded) && Array.isArray(actual)) {
    const [expected, found] = [recorded as readonly Json[], actual as readonly Json[]];
    if (expected.length !== found.length) return [`${at}: recorded ${expected.length} items, but got ${found.length}`];
    return expected.flatMap((item, index) => compare(item, found[index] as Json, `${at}[${index}]`, how));
  }
  if (isObject(recorded) && isObject(actual)) return compareObjects(recorded, actual, at, how);
  return recorded === actual ? [] : differ;
}
