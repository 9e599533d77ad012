import { isMembers, type Members } from './template.ts';
import { refuse } from './template-error.ts';

/** Which members an object may have. Any other would change what happens, so it is refused by name. */
export interface KnownMembers {
  /** Those that are acted on or checked. */
  readonly reads: readonly string[];
  /** Those that change nothing which a local run could show. @default none */
  readonly keeps?: readonly string[];
}

/** The members of an object in a template, all resolved, read by what they are meant to be. */
export interface Properties {
  readonly path: string;
  has(name: string): boolean;
  /** A text that must be there. */
  text(name: string): string;
  optionalText(name: string): string | undefined;
  /** A number, written as one or as text. */
  optionalNumber(name: string): number | undefined;
  /** @default false */
  flag(name: string): boolean;
  oneOf<const Word extends string>(name: string, words: readonly Word[]): Word | undefined;
  texts(name: string): readonly string[];
  /** Members with any names. */
  record(name: string): Members;
  /** Texts with any names. */
  textRecord(name: string): Readonly<Record<string, string>>;
  members(name: string, known: KnownMembers): Properties | undefined;
  /** A list of objects. */
  list(name: string, known: KnownMembers): readonly Properties[];
  /** The member as it is. */
  raw(name: string): unknown;
}

/** CloudFormation takes numbers and booleans for their texts. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

const isTexts = (items: unknown): items is string[] =>
  Array.isArray(items) && items.every((item) => typeof item === 'string');

/** Reads an object's members, or refuses those that aren't known. `what` says whose they are. */
export function propertiesOf(value: unknown, path: string, what: string, known: KnownMembers): Properties {
  const members = isMembers(value) ? value : refuse(path, `expected an object, it is ${JSON.stringify(value)}`);
  const names = [...known.reads, ...(known.keeps ?? [])];
  const other = Object.keys(members).find((name) => !names.includes(name));
  if (other !== undefined) refuse(`${path}.${other}`, `the local AWS doesn't emulate '${other}' of ${what}`);

  const placeOf = (name: string) => `${path}.${name}`;
  const wrong = (name: string, expected: string): never =>
    refuse(placeOf(name), `expected ${expected}, it is ${JSON.stringify(members[name]) ?? 'not set'}`);

  const optionalText = (name: string): string | undefined =>
    members[name] === undefined ? undefined : (asText(members[name]) ?? wrong(name, 'text'));

  function record(name: string): Members {
    const found = members[name] ?? {};
    return isMembers(found) ? found : wrong(name, 'an object');
  }

  return {
    path,
    has: (name) => members[name] !== undefined,
    text: (name) => optionalText(name) ?? wrong(name, 'text'),
    optionalText,
    optionalNumber(name) {
      const text = optionalText(name);
      if (text === undefined) return undefined;
      return /^\d+$/.test(text) ? Number(text) : wrong(name, 'a whole number');
    },
    flag(name) {
      const text = optionalText(name) ?? 'false';
      return text === 'true' || (text === 'false' ? false : wrong(name, 'true or false'));
    },
    oneOf(name, words) {
      const text = optionalText(name);
      return text === undefined ? undefined : (words.find((word) => word === text) ?? wrong(name, words.join(' or ')));
    },
    texts(name) {
      const list = members[name] ?? [];
      return isTexts(list) ? list : wrong(name, 'a list of texts');
    },
    record,
    textRecord: (name) =>
      Object.fromEntries(
        Object.entries(record(name)).map(([key, one]) => [key, asText(one) ?? wrong(name, `texts, '${key}' too`)]),
      ),
    members: (name, inner) =>
      members[name] === undefined ? undefined : propertiesOf(members[name], placeOf(name), `${what} ${name}`, inner),
    list(name, inner) {
      const list = members[name] ?? [];
      if (!Array.isArray(list)) return wrong(name, 'a list');
      return list.map((item, index) => propertiesOf(item, `${placeOf(name)}.${index}`, `${what} ${name}`, inner));
    },
    raw: (name) => members[name],
  };
}
