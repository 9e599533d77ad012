import { isArray, isObject, readJson, type Json, type JsonObject } from '../../lib/local/stepfunctions/json.ts';
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
      (member.toLowerCase().startsWith('redrive') && recorded.recorded < '2023-12-01') ||
      (member.startsWith('assignedVariables') && recorded.recorded < '2024-11-01'),
  };
}

function parsed(text: string): Json | undefined {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}

const show = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 200)} … ${text.slice(-80)}` : text;
};

function compareObjects(recorded: JsonObject, actual: JsonObject, at: string, how: Comparison): string[] {
  const names = new Set([...Object.keys(recorded), ...Object.keys(actual)]);
  return [...names].flatMap((name) => {
    const [expected, found] = [recorded[name], actual[name]];
    if (how.ignored.has(name) || (expected === undefined && how.notYet(name))) return [];
    if (expected === undefined) return [`${at}.${name}: not recorded, but got ${show(found)}`];
    if (found === undefined) return [`${at}.${name}: recorded ${show(expected)}, but got nothing`];
    return compare(expected, found, `${at}.${name}`, how);
  });
}

function compareArrays(recorded: readonly Json[], actual: readonly Json[], at: string, how: Comparison): string[] {
  if (recorded.length !== actual.length) return [`${at}: recorded ${recorded.length} items, but got ${actual.length}`];
  return recorded.flatMap((item, index) => compare(item, actual[index] ?? null, `${at}[${index}]`, how));
}

function compareTexts(recorded: string, actual: string, at: string, how: Comparison): string[] {
  if (how.bindings.matches(recorded, actual)) return [];
  const [expected, found] = [parsed(recorded), parsed(actual)];
  const bothJson = expected !== undefined && found !== undefined && typeof expected !== 'string';
  return bothJson ? compare(expected, found, at, how) : differ(recorded, actual, at);
}

const differ = (recorded: Json, actual: Json, at: string) => [
  `${at}: recorded ${show(recorded)}, but got ${show(actual)}`,
];

/** Compares a recorded value with ours and tells each difference. JSON text is compared by its value. */
export function compare(recorded: Json, actual: Json, at: string, how: Comparison): string[] {
  if (typeof recorded === 'string' && isMasked(recorded)) return [];
  if (typeof recorded === 'string' && typeof actual === 'string') return compareTexts(recorded, actual, at, how);
  // An object in the recording may be text on the wire; the other way round the recording kept the text.
  if (typeof actual === 'string' && isObject(recorded)) {
    const json = parsed(actual);
    return isObject(json) ? compareObjects(recorded, json, at, how) : differ(recorded, actual, at);
  }
  if (isArray(recorded) && isArray(actual)) return compareArrays(recorded, actual, at, how);
  if (isObject(recorded) && isObject(actual)) return compareObjects(recorded, actual, at, how);
  return recorded === actual ? [] : differ(recorded, actual, at);
}
