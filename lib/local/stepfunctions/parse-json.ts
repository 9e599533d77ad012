import { readJson, type Json } from './json.ts';

/** A text that is JSON, or what is wrong with it. */
export type ParsedJson = { readonly value: Json } | { readonly problem: string; readonly offset: number };

/** Reads JSON text. A problem is told in the words of Jackson, which is what AWS reads with. */
export function parseJson(text: string): ParsedJson {
  try {
    return { value: readJson(text) };
  } catch {
    const scan = new Scan(text);
    return { problem: scan.problem(), offset: scan.offset };
  }
}

const tokenCharacter = /[\p{L}\p{N}_$]/u;
const literals = new Set(['true', 'false', 'null']);

/** Walks a broken JSON text to its first problem. */
class Scan {
  offset = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  problem(): string {
    const found = this.#value();
    if (found) return found;
    this.#skipSpace();
    if (this.offset < this.#text.length) return this.#token() ?? this.#unexpected('expected end of input');
    return this.#endOfInput();
  }

  #skipSpace(): void {
    while (' \t\r\n'.includes(this.#text[this.offset] ?? 'x')) this.offset++;
  }

  #endOfInput(): string {
    return 'Unexpected end-of-input';
  }

  #unexpected(expectation: string): string {
    const character = this.#text.charAt(this.offset);
    return `Unexpected character ('${character}' (code ${character.codePointAt(0)})): ${expectation}`;
  }

  /** A word where a value is expected: `true`, `null` or something that Jackson does not know. */
  #token(): string | undefined {
    const start = this.offset;
    while (tokenCharacter.test(this.#text[this.offset] ?? ' ')) this.offset++;
    const word = this.#text.slice(start, this.offset);
    if (literals.has(word)) return undefined;
    if (word === '')
      return this.#unexpected(
        "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
      );
    return `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;
  }

  #value(): string | undefined {
    this.#skipSpace();
    const character = this.#text[this.offset];
    if (character === undefined) return this.#endOfInput();
    if (character === '{') return this.#object();
    if (character === '[') return this.#array();
    if (character === '"') return this.#string();
    const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(this.#text.slice(this.offset));
    if (number) {
      this.offset += number[0].length;
      return undefined;
    }
    return this.#token();
  }

  #string(): string | undefined {
    for (this.offset++; this.offset < this.#text.length; this.offset++) {
      if (this.#text[this.offset] === '\\') this.offset++;
      else if (this.#text[this.offset] === '"') {
        this.offset++;
        return undefined;
      }
    }
    return 'Unexpected end-of-input: was expecting closing quote for a string value';
  }

  #object(): string | undefined {
    this.offset++;
    for (let first = true; ; first = false) {
      this.#skipSpace();
      if (this.#text[this.offset] === '}' && first) break;
      if (this.#text[this.offset] === undefined) return this.#endOfInput();
      if (this.#text[this.offset] !== '"') return this.#unexpected('was expecting double-quote to start field name');
      const name = this.#string();
      if (name) return name;
      this.#skipSpace();
      if (this.#text[this.offset] === undefined) return this.#endOfInput();
      if (this.#text[this.offset] !== ':')
        return this.#unexpected('was expecting a colon to separate field name and value');
      this.offset++;
      const member = this.#value();
      if (member) return member;
      this.#skipSpace();
      if (this.#text[this.offset] === '}') break;
      if (this.#text[this.offset] === undefined) return this.#endOfInput();
      if (this.#text[this.offset] !== ',') return this.#unexpected('was expecting comma to separate Object entries');
      this.offset++;
    }
    this.offset++;
    return undefined;
  }

  #array(): string | undefined {
    this.offset++;
    for (let first = true; ; first = false) {
      this.#skipSpace();
      if (this.#text[this.offset] === ']' && first) break;
      const item = this.#value();
      if (item) return item;
      this.#skipSpace();
      if (this.#text[this.offset] === ']') break;
      if (this.#text[this.offset] === undefined) return this.#endOfInput();
      if (this.#text[this.offset] !== ',') return this.#unexpected('was expecting comma to separate Array entries');
      this.offset++;
    }
    this.offset++;
    return undefined;
  }
}
