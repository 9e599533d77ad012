import { AwsFault } from '../call.ts';

/** What a list operation is asked for. */
export interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** A page of a list, and where the next one begins. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

const MOST_RESULTS = 100;

const invalid = (message: string) => new AwsFault('InvalidParameterException', message);

/**
 * One page of items that are in order of their keys. A token holds the last key shown, so that items which come or go between two
 * pages shift no others. EKS: 1 to 100 results, 100 by default (EKS API reference). The texts of the refusals are not known.
 */
export function pageOf<T>(items: readonly T[], keyOf: (item: T) => string | number, request: PageRequest): Page<T> {
  const { maxResults = MOST_RESULTS, nextToken } = request;
  if (!Number.isInteger(maxResults) || maxResults < 1 || maxResults > MOST_RESULTS) {
    throw invalid(`maxResults must be between 1 and ${MOST_RESULTS}`);
  }
  const after = nextToken === undefined ? undefined : readToken(nextToken);
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const shown = rest.slice(0, maxResults);
  const last = shown.at(-1);
  if (last === undefined || shown.length === rest.length) return { items: shown };
  return { items: shown, nextToken: Buffer.from(JSON.stringify({ after: keyOf(last) })).toString('base64') };
}

function readToken(token: string): string | number {
  try {
    const read: unknown = JSON.parse(Buffer.from(token, 'base64').toString());
    const after = typeof read === 'object' && read && 'after' in read ? read.after : undefined;
    if (typeof after === 'string' || typeof after === 'number') return after;
  } catch {
    // Not a token of ours: refused below.
  }
  throw invalid('The nextToken parameter is not valid');
}
