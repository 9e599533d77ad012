import type { Call } from './call.ts';

type Input = Readonly<Record<string, unknown>>;

const textOf = (input: Input, name: string): string | undefined => {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
};

/** `cluster/x`, or `access-entry/x/role/111122223333/name/*` for the calls that are about an entry. */
function eksResource({ operation }: Call, input: Input): string {
  const cluster = textOf(input, 'clusterName') ?? textOf(input, 'name') ?? '*';
  const [, , , , account = '', principal = ''] = textOf(input, 'principalArn')?.split(':') ?? [];
  if (!principal || operation === 'CreateAccessEntry') return `cluster/${cluster}`;
  const [kind, ...path] = principal.split('/');
  return `access-entry/${cluster}/${kind}/${account}/${path.at(-1)}/*`;
}

/** What a call is about, as an access denied message names it: mostly an ARN; IAM's own say `role NAME`. */
export function resourceOf(call: Call, input: Input): string {
  const { service, region, caller } = call;
  if (service === 'iam') {
    const [kind, name] = [
      ['role', textOf(input, 'RoleName')] as const,
      ['user', textOf(input, 'UserName')] as const,
      ['instance profile', textOf(input, 'InstanceProfileName')] as const,
    ].find(([, given]) => given !== undefined) ?? ['*', ''];
    return `${kind} ${name}`.trim();
  }
  const given = ['resourceArn', 'executionArn', 'stateMachineArn', 'FunctionName', 'RoleArn', 'TopicArn']
    .map((name) => textOf(input, name))
    .find((value) => value?.startsWith('arn:'));
  if (given !== undefined) return given;
  const within = (resource: string) => `arn:${caller.partition}:${service}:${region}:${caller.accountId}:${resource}`;
  if (service === 'eks') return within(eksResource(call, input));
  if (service === 'dynamodb') return within(`table/${textOf(input, 'TableName') ?? '*'}`);
  if (service === 'lambda') return within(`function:${textOf(input, 'FunctionName') ?? '*'}`);
  return '*';
}
