import { InvalidEventPattern } from './invalid-event-pattern.ts';

const refuse = (reason: string): never => {
  throw new InvalidEventPattern(reason);
};

/** The operand as text, or a refusal. */
export function textOf(operand: unknown, operator: string): string {
  return typeof operand === 'string' ? operand : refuse(`${operator} match pattern must be a string`);
}

/** Whether a text is the wanted one, perhaps whatever its case. */
export const sameAs = (wanted: string, { ignoreCase = false } = {}): ((text: string) => boolean) =>
  ignoreCase ? (text) => text.toLowerCase() === wanted.toLowerCase() : (text) => text === wanted;

/** `prefix` and `suffix`, of a text or of `{ "equals-ignore-case": text }`. */
export function edgeTest(operator: 'prefix' | 'suffix', operand: unknown): (text: string) => boolean {
  const isPrefix = operator === 'prefix';
  const atEdge = (text: string, edge: string) => (isPrefix ? text.startsWith(edge) : text.endsWith(edge));
  if (typeof operand !== 'object' || operand === null || Array.isArray(operand)) {
    const edge = textOf(operand, operator);
    return (text) => atEdge(text, edge);
  }
  const [[inner, value] = [], ...others] = Object.entries(operand) as [string, unknown][];
  const title = isPrefix ? 'Prefix' : 'Suffix';
  if (inner === undefined) return refuse(`${title} expression name not found`);
  if (inner !== 'equals-ignore-case') return refuse(`Unsupported ${operator} pattern: ${inner}`);
  const edge = textOf(value, inner).toLowerCase();
  if (others.length > 0) refuse('Only one key allowed in match expression');
  return (text) => atEdge(text.toLowerCase(), edge);
}
