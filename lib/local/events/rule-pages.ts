import { AwsFault } from '../call.ts';

/** One page of a list in the order of its keys. EventBridge API reference: 1 to 100, 100 by default. */
export function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { Limit = 100, NextToken }: { readonly Limit?: number | undefined; readonly NextToken?: string | undefined },
): { readonly items: readonly T[]; readonly NextToken?: string } {
  if (!Number.isInteger(Limit) || Limit < 1 || Limit > 100) {
    const rule = `Member must have value ${Limit < 1 ? 'greater than or equal to 1' : 'less than or equal to 100'}`;
    const text = `1 validation error detected: Value '${Limit}' at 'limit' failed to satisfy constraint: ${rule}`;
    throw new AwsFault('ValidationException', text);
  }
  const after = NextToken === undefined ? '' : Buffer.from(NextToken, 'base64').toString();
  if (NextToken !== undefined && Buffer.from(after).toString('base64') !== NextToken) {
    // The text is not known.
    throw new AwsFault('ValidationException', 'Parameter NextToken is not valid.');
  }
  const rest = items.filter((item) => keyOf(item) > after);
  const shown = rest.slice(0, Limit);
  const last = shown.at(-1);
  if (last === undefined || shown.length === rest.length) return { items: shown };
  return { items: shown, NextToken: Buffer.from(keyOf(last)).toString('base64') };
}
