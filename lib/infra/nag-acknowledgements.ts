import { Stack, Validations } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

// Why each wildcard of ours has to be one, by the end of the resource; between stand regions and accounts, or `<AWS::AccountId>`.
// What isn't here stays a finding of cdk-nag's.
const WILDCARDS: readonly (readonly [ending: RegExp, reason: string])[] = [
  [/:eks:.+:cluster\/\*$/, 'clusters come and go: all of the account are looked after in the regions given'],
  [
    /:eks:.+:access-entry\/\*$/,
    "an entry's ARN ends in an id that EKS makes up, and holds a cluster and a principal that nobody knows beforehand",
  ],
  [
    /:iam::.+:role\/\*$/,
    'any role of the account may be one that an entry names, or that its trust policy does; roles are read, and passed to EKS alone',
  ],
  [/:iam::.+:user\/\*$/, 'any user of the account may be one that an entry names; users are read'],
  [/:states:.+:execution:[^:*]+:\*$/, 'executions of this one state machine get their names as they are started'],
];

// Actions that AWS lets nobody narrow to a resource (Service Authorization Reference), so that '*' is all one can write.
const EVERYWHERE: Readonly<Record<string, string>> = {
  'eks:ListClusters': 'it lists the clusters of a region and takes no resource',
  'iam:ListRoles': 'it lists the roles of the account and takes no resource',
  'iam:ListUsers': 'it lists the users of the account and takes no resource',
  'xray:PutTraceSegments': 'X-Ray has no resources to write traces to',
  'xray:PutTelemetryRecords': 'X-Ray has no resources to write traces to',
  'xray:GetSamplingRules': 'X-Ray is asked how to sample, not about a resource',
  'xray:GetSamplingTargets': 'X-Ray is asked how to sample, not about a resource',
  ...Object.fromEntries(
    [
      'CreateLogDelivery',
      'GetLogDelivery',
      'UpdateLogDelivery',
      'DeleteLogDelivery',
      'ListLogDeliveries',
      'PutResourcePolicy',
      'DescribeResourcePolicies',
      'DescribeLogGroups',
    ].map((action) => [`logs:${action}`, 'Step Functions delivers its logs by calls that take no resource']),
  ),
};

/**
 * Tells cdk-nag why the wildcards in a role's policy are there: one acknowledgement a finding, on the role that has it. A wildcard
 * that nobody gave a reason for gets none.
 */
export function acknowledgeWildcards(role: IConstruct, statements: readonly PolicyStatement[]): void {
  const stack = Stack.of(role);
  const reasons = new Map<string, (string | undefined)[]>();
  for (const statement of statements) {
    for (const resource of statement.resources.map((each) => flat(stack.resolve(each)))) {
      if (!resource.includes('*')) continue;
      const known = resource === '*' ? statement.actions.map((action) => EVERYWHERE[action]) : [reasonFor(resource)];
      reasons.set(resource, [...(reasons.get(resource) ?? []), ...known]);
    }
  }
  for (const [resource, known] of reasons) {
    if (known.includes(undefined)) continue;
    const reason = [...new Set(known)].join('; ');
    Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
  }
}

const reasonFor = (resource: string) => WILDCARDS.find(([ending]) => ending.test(resource))?.[1];

/** For queues that rules fall back to: cdk-nag looks for other queues and functions that do. */
export function acknowledgeDeadLetters(queue: IConstruct): void {
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason:
      'it is the dead-letter queue of the rules: what lands here is looked at by a person, and has no further queue',
  });
}

/** A resolved value as cdk-nag writes it into its findings: `arn:<AWS::Partition>:…`. */
function flat(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if ('Ref' in value) return `<${String(value.Ref)}>`;
  if ('Fn::GetAtt' in value && Array.isArray(value['Fn::GetAtt'])) return `<${value['Fn::GetAtt'].join('.')}>`;
  if ('Fn::Join' in value && Array.isArray(value['Fn::Join'])) {
    const [separator, parts]: unknown[] = value['Fn::Join'];
    if (Array.isArray(parts)) return parts.map(flat).join(String(separator));
  }
  // Something else than CDK makes of our ARNs: cdk-nag's own finding tells of it.
  return JSON.stringify(value);
}
