import { AwsFault } from '../call.ts';

/** One page of a list, and the token for the next. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

const violation = (value: string | number, member: string, constraint: string) =>
  new AwsFault(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have ${constraint}`,
  );

// Sizes and texts recorded: sfn_api/list_executions_pagination.
const MOST_RESULTS = 1000;
const LONGEST_TOKEN = 3096;

function offsetIn(token: string): number {
  const offset = /^page:(\d+)$/.exec(Buffer.from(token, 'base64').toString());
  if (!offset) throw new AwsFault('InvalidToken', "Invalid Token: 'Invalid token'");
  return Number(offset[1]);
}

/** Cuts a page out of a list. `maxResults` 0 means the default. */
export function page<T>(
  all: readonly T[],
  request: { maxResults?: number | undefined; nextToken?: string | undefined },
): Page<T> {
  const { maxResults = 0, nextToken } = request;
  if (maxResults > MOST_RESULTS)
    throw violation(maxResults, 'maxResults', `value less than or equal to ${MOST_RESULTS}`);
  if (maxResults < 0) throw violation(maxResults, 'maxResults', 'value greater than or equal to 0');
  if (nextToken !== undefined && nextToken.length > LONGEST_TOKEN) {
    throw violation(nextToken, 'nextToken', `length less than or equal to ${LONGEST_TOKEN}`);
  }
  const start = nextToken === undefined ? 0 : offsetIn(nextToken);
  const end = start + (maxResults || 100);
  const items = all.slice(start, end);
  return end < all.length ? { items, nextToken: Buffer.from(`page:${end}`).toString('base64') } : { items };
}
