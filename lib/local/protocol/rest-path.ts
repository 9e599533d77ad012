import type { OperationModel } from './service-model.ts';
import type { WireRequest } from './wire.ts';

/** A path template made ready to match: `/clusters/{name}/access-entries`. */
interface Route {
  readonly operation: OperationModel;
  readonly method: string;
  readonly pattern: RegExp;
  readonly labels: readonly string[];
  /** What the query must hold: `?List=ALL` tells a list from a get of the same path. */
  readonly query: readonly (readonly [name: string, value: string])[];
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

function routeTo(operation: OperationModel, method: string, template: string): Route {
  const [path = '', query = ''] = template.split('?');
  const labels: string[] = [];
  const parts = path.split('/').map((segment) => {
    const [, label, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(segment) ?? [];
    if (label === undefined) return literal(segment);
    labels.push(label);
    // A label is one segment of the path as sent, so that an encoded slash inside of an ARN doesn't split it.
    return greedy ? '(.+)' : '([^/]+)';
  });
  const pattern = new RegExp(`^${parts.join('/').replace(/\/$/, '')}/?$`);
  return { operation, method, pattern, labels, query: [...new URLSearchParams(query)] };
}

/** Where a request goes, with the path's labels as sent. */
export interface Destination {
  readonly operation: OperationModel;
  readonly labels: Readonly<Record<string, string>>;
}

/** A matcher for all paths of a service; of several that fit, the one that asks for more of the query wins, then the one with fewer labels. */
export function restPaths(
  operations: Iterable<OperationModel>,
): (request: Pick<WireRequest, 'method' | 'path' | 'query'>) => Destination | undefined {
  const routes = [...operations]
    .flatMap((operation) => (operation.http ? [routeTo(operation, operation.http[0], operation.http[1])] : []))
    .toSorted((one, other) => other.query.length - one.query.length || one.labels.length - other.labels.length);

  return ({ method, path, query }) => {
    const params = new URLSearchParams(query);
    for (const { operation, pattern, labels, ...route } of routes) {
      const match = route.method === method ? pattern.exec(path) : undefined;
      if (!match || route.query.some(([name, value]) => params.get(name) !== value)) continue;
      const found = labels.map((label, at) => [label, match[at + 1] ?? ''] as const);
      return { operation, labels: Object.fromEntries(found) };
    }
    return undefined;
  };
}
