import type { OperationModel } from './service-model.ts';

/** A path template made ready to match: `/clusters/{name}/access-entries`. */
interface Route {
  readonly operation: OperationModel;
  readonly method: string;
  readonly pattern: RegExp;
  readonly labels: readonly string[];
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

function routeTo(operation: OperationModel, method: string, template: string): Route {
  const [path = ''] = template.split('?');
  const labels: string[] = [];
  const parts = path.split('/').map((segment) => {
    const [, label, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(segment) ?? [];
    if (label === undefined) return literal(segment);
    labels.push(label);
    // A label is one segment of the path as sent, so that an encoded slash inside of an ARN doesn't split it.
    return greedy ? '(.+)' : '([^/]+)';
  });
  const pattern = new RegExp(`^${parts.join('/').replace(/\/$/, '')}/?$`);
  return { operation, method, pattern, labels };
}

/** Where a request goes, with the path's labels decoded. */
export interface Destination {
  readonly operation: OperationModel;
  readonly labels: Readonly<Record<string, string>>;
}

/** A matcher for all paths of a service; of several that fit, the one with the fewest labels wins. */
export function restPaths(
  operations: Iterable<OperationModel>,
): (method: string, path: string) => Destination | undefined {
  const routes = [...operations]
    .flatMap((operation) => (operation.http ? [routeTo(operation, operation.http[0], operation.http[1])] : []))
    .toSorted((one, other) => one.labels.length - other.labels.length);

  return (method, path) => {
    for (const { operation, pattern, labels, ...route } of routes) {
      const match = route.method === method ? pattern.exec(path) : undefined;
      if (!match) continue;
      const decoded = labels.map((label, at) => [label, decodeURIComponent(match[at + 1] ?? '')] as const);
      return { operation, labels: Object.fromEntries(decoded) };
    }
    return undefined;
  };
}
