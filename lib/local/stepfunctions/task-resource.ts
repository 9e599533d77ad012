/** How a Task waits for what it called. */
export type Pattern = 'request-response' | 'sync' | 'sync:2' | 'waitForTaskToken';

/** What a Task's `Resource` names. */
export type TaskResource =
  | { readonly kind: 'function'; readonly arn: string }
  | {
      readonly kind: 'integration';
      /** As history shows it: `lambda`, `aws-sdk:eks`. */
      readonly resourceType: string;
      /** As history shows it, pattern included: `invoke.waitForTaskToken`. */
      readonly resource: string;
      /** `lambda:invoke`. */
      readonly name: string;
      readonly pattern: Pattern;
    };

const functionArn = /^arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+(?::[A-Za-z0-9$_-]+)?$/;
const integrationArn =
  /^arn:[a-z-]+:states:[a-z0-9-]*:(?:\d{12})?:(?<resourceType>(?:aws-sdk:)?[a-z0-9-]+):(?<resource>(?<action>[A-Za-z0-9]+)(?:\.(?<pattern>sync|sync:2|waitForTaskToken))?)$/;

/** Reads a Task's `Resource`; `undefined` for anything that is not emulated: activities, HTTP endpoints, other ARNs. */
export function parseTaskResource(resource: string): TaskResource | undefined {
  if (functionArn.test(resource)) return { kind: 'function', arn: resource };
  const parts = integrationArn.exec(resource)?.groups;
  if (!parts) return undefined;
  const { resourceType = '', action = '', pattern = 'request-response' } = parts;
  return {
    kind: 'integration',
    resourceType,
    resource: parts.resource ?? action,
    name: `${resourceType}:${action}`,
    pattern: pattern as Pattern,
  };
}
