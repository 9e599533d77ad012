import { InvalidEventPattern } from './invalid-event-pattern.ts';

/**
 * A wildcard expression as a test: `*` stands for any run of characters, `\*` and `\\` for themselves. Positions in messages count the
 * opening quote, as AWS's do (aws/event-ruler, WildcardParser).
 */
export function wildcardTest(expression: string): (text: string) => boolean {
  const parts: string[] = [''];
  const literal = (character: string) => void (parts[parts.length - 1] += character);
  for (let position = 0; position < expression.length; position += 1) {
    const character = expression.charAt(position);
    const next = expression.charAt(position + 1);
    if (character === '\\') {
      if (next !== '*' && next !== '\\')
        throw new InvalidEventPattern(`Invalid escape character at pos ${position + 1}`);
      literal(next);
      position += 1;
    } else if (character === '*') {
      if (next === '*') throw new InvalidEventPattern(`Consecutive wildcard characters at pos ${position + 1}`);
      parts.push('');
    } else {
      literal(character);
    }
  }
  return (text) => matches(text, parts);
}

/** Whether the parts come in this order, the first at the start and the last at the end. */
function matches(text: string, parts: readonly string[]): boolean {
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of others) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
