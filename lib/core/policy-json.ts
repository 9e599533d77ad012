/** Something in a policy document that we don't understand, so that a person has to. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood';
}

/** The elements of a JSON object, of which none may be unknown. */
export function elementsOf(value: unknown, where: string, known?: readonly string[]): Map<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new NotUnderstood(`${where} is not an object`);
  }
  const elements = new Map<string, unknown>(Object.entries(value));
  const unknown = known && [...elements.keys()].find((element) => !known.includes(element));
  if (unknown !== undefined) throw new NotUnderstood(`${where} has the element '${unknown}'`);
  return elements;
}

/** One text or a list of some; IAM makes no difference. */
export function textsOf(value: unknown, where: string): string[] {
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  if (texts.length === 0) throw new NotUnderstood(`${where} is empty`);
  return texts.map((text) => {
    if (typeof text !== 'string' || text === '') throw new NotUnderstood(`${where} is not text`);
    return text;
  });
}

// In valid JSON this finds every text in turn; those with a colon behind are keys.
const TEXT_AND_COLON = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

/** Whether an object in the document has a key twice, which `JSON.parse` doesn't tell. */
export function hasDuplicateKeys(document: string, parsed: unknown): boolean {
  const written = [...document.matchAll(TEXT_AND_COLON)].filter(([, colon]) => colon !== undefined).length;
  return written !== countKeys(parsed);
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((count, item) => count + countKeys(item), own);
}
