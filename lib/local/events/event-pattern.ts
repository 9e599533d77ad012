import { type Field, fieldsOf } from './event-fields.ts';
import { InvalidEventPattern } from './invalid-event-pattern.ts';
import { type FieldTest, fieldTest } from './matchers.ts';

/** A compiled event pattern: whether an event matches it. */
export type EventPattern = (event: object) => boolean;

/** All fields of a branch must match; a pattern without `$or` has one branch. */
type Branch = ReadonlyMap<string, FieldTest>;

// EventBridge user guide, eb-create-pattern-operators: "$or" of more combinations is refused.
const MOST_BRANCHES = 1_000;

// aws/event-ruler, Constants.RESERVED_FIELD_NAMES_IN_OR_RELATIONSHIP.
const RESERVED_IN_OR = new Set(
  (
    'exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex not-wildcard ' +
    'not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ' +
    'ip-address-in-range ip-address-not-in-range'
  ).split(' '),
);

const refuse = (reason: string): never => {
  throw new InvalidEventPattern(reason);
};

/**
 * Compiles a pattern's JSON text, or throws `InvalidEventPattern`. It follows aws/event-ruler, the library that EventBridge runs, in
 * what matches and in the reasons of refusals (without the place in the text that AWS adds to them).
 */
export function compileEventPattern(text: string): EventPattern {
  let pattern: unknown;
  try {
    // Of two equal keys the last one wins, as it does for EventBridge (its user guide, "duplicate keys").
    pattern = JSON.parse(text);
  } catch {
    return refuse('Invalid JSON');
  }
  if (!isObject(pattern)) return refuse('Filter is not an object');
  const branches = branchesOf(pattern, '', [new Map()], false);
  return (event) => {
    const fields = fieldsOf(event);
    return branches.some((branch) => agree([...branch], fields, new Map()));
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The branches so far, each with the tests of one more object of the pattern. */
function branchesOf(
  pattern: Readonly<Record<string, unknown>>,
  path: string,
  before: readonly Branch[],
  insideOr: boolean,
): readonly Branch[] {
  const entries = Object.entries(pattern);
  if (entries.length === 0) refuse('Empty objects are not allowed');
  return entries.reduce((branches, [name, value]) => {
    if (name === '$or') return alternatives(value, path, branches);
    if (insideOr && RESERVED_IN_OR.has(name)) {
      return refuse(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
    }
    const here = path === '' ? name : `${path}.${name}`;
    if (isObject(value)) return branchesOf(value, here, branches, insideOr);
    if (!Array.isArray(value)) return refuse(`"${name}" must be an object or an array`);
    const test = fieldTest(value);
    return branches.map((branch) => new Map([...branch, [here, test]]));
  }, before);
}

function alternatives(value: unknown, path: string, before: readonly Branch[]): readonly Branch[] {
  if (!Array.isArray(value)) return refuse('It must be an Array followed with $or.');
  const branches = value.flatMap((alternative: unknown) =>
    isObject(alternative)
      ? branchesOf(alternative, path, before, true)
      : refuse('Only JSON object is allowed in array of $or relationship.'),
  );
  if (value.length < 2) return refuse('There must have at least 2 Objects in $or relationship.');
  // The text is not known.
  if (branches.length > MOST_BRANCHES)
    return refuse(`The $or relationships have more than ${MOST_BRANCHES} combinations`);
  return branches;
}

/**
 * Whether a leaf can be found for every test, all in the same elements of the arrays they share (aws/event-ruler, "JSON array
 * matching": no match is put together from two elements).
 */
function agree(
  [first, ...others]: readonly (readonly [string, FieldTest])[],
  fields: ReadonlyMap<string, readonly Field[]>,
  elements: ReadonlyMap<number, number>,
): boolean {
  if (!first) return true;
  const [path, { test, absent }] = first;
  const found = fields.get(path);
  if (!found) return absent && agree(others, fields, elements);
  return found.some(
    (field) =>
      test(field.leaf) &&
      [...field.elements].every(([array, index]) => (elements.get(array) ?? index) === index) &&
      agree(others, fields, new Map([...elements, ...field.elements])),
  );
}
