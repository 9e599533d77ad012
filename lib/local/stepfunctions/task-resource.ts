/** How a Task waits for what it called. */
export const patterns = ['request-response', 'sync', 'sync:2', 'waitForTaskToken'] as const;

/** One of the ways in which a Task waits. */
export type Pattern = (typeof patterns)[number];

/** A Task's resource that is a function's ARN. */
export interface FunctionResource {
  readonly kind: 'function';
  readonly arn: string;
}

/** A Task's resource that calls a service. */
export interface IntegrationResource {
  readonly kind: 'integration';
  /** As history shows it: `lambda`, `aws-sdk:eks`. */
  readonly resourceType: string;
  /** As history shows it, pattern included: `invoke.waitForTaskToken`. */
  readonly resource: string;
  /** `lambda:invoke`. */
  readonly name: string;
  readonly pattern: Pattern;
}

const functionArn = /^arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+(?::[A-Za-z0-9$_-]+)?$/;
const integrationArn =
  /^arn:[a-z-]+:states:::(?<resourceType>(?:aws-sdk:)?[a-z0-9-]+):(?<resource>(?<action>[A-Za-z0-9]+)(?:\.(?<suffix>sync|sync:2|waitForTaskToken))?)$/;

/** Reads a Task's `Resource`; `undefined` for anything that is not emulated: activities, HTTP endpoints, other ARNs. */
export function parseTaskResource(resource: string): FunctionResource | IntegrationResource | undefined {
  if (functionArn.test(resource)) return { kind: 'function', arn: resource };
  const parts = integrationArn.exec(resource)?.groups;
  if (!parts) return undefined;
  const { resourceType = '', action = '', suffix } = parts;
  return {
    kind: 'integration',
    resourceType,
    resource: parts['resource'] ?? action,
    name: `${resourceType}:${action}`,
    pattern: patterns.find((pattern) => pattern === suffix) ?? 'request-response',
  };
}
