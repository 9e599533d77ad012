import { parsePrincipalArn } from '../../core/principal.ts';
import { isNodeType } from '../../core/entry-types.ts';
import type { EntryRef } from '../../core/shapes.ts';

/** A text as a POSIX shell takes it for one word, whatever is in it. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** A command line of the AWS CLI. */
function awsLine(service: string, operation: string, options: Readonly<Record<string, string>>): string {
  // A value that begins with a dash would be taken for an option.
  const words = Object.entries(options).map(
    ([name, value]) => `--${name}${value.startsWith('-') ? '=' : ' '}${shellWord(value)}`,
  );
  return ['aws', service, operation, ...words].join(' ');
}

/** In JSON where the name holds what the CLI's shorthand takes for its own (AWS CLI user guide, "Shorthand syntax"). */
const lookup = (name: string): string =>
  /[,=]/.test(name)
    ? JSON.stringify([{ AttributeKey: 'ResourceName', AttributeValue: name }])
    : `AttributeKey=ResourceName,AttributeValue=${name}`;

/** The commands that show the evidence, for whoever wants to see it with their own eyes. They only read. */
export function handChecks(
  { region, clusterName, principalArn }: EntryRef,
  type: string,
  homeRegion: string,
): string[] {
  const entry = { region, 'cluster-name': clusterName, 'principal-arn': principalArn };
  const principal = parsePrincipalArn(principalArn);
  const named = principal && { kind: principal.kind, name: principal.name };
  return [
    awsLine('eks', 'describe-access-entry', { ...entry, query: 'accessEntry.[createdAt,type,accessEntryArn]' }),
    awsLine('eks', 'list-associated-access-policies', entry),
    awsLine('eks', 'describe-cluster', { region, name: clusterName, query: 'cluster.accessConfig.authenticationMode' }),
    ...(named?.kind === 'role'
      ? [awsLine('iam', 'get-role', { 'role-name': named.name, query: 'Role.[CreateDate,RoleId,Arn]' })]
      : []),
    ...(named?.kind === 'user'
      ? [awsLine('iam', 'get-user', { 'user-name': named.name, query: 'User.[CreateDate,UserId,Arn]' })]
      : []),
    ...(named?.kind === 'role' && isNodeType(type)
      ? [awsLine('iam', 'list-instance-profiles-for-role', { 'role-name': named.name })]
      : []),
    // Who deleted and who made it: 90 days of it, in the region where IAM's events arise.
    ...(named
      ? [awsLine('cloudtrail', 'lookup-events', { region: homeRegion, 'lookup-attributes': lookup(named.name) })]
      : []),
  ];
}

/** The command that plans the rebind. */
export const fixLine = ({ region, clusterName, principalArn }: EntryRef): string =>
  `eks-rebind fix --region ${shellWord(region)} --cluster ${shellWord(clusterName)} --principal-arn ${shellWord(principalArn)}`;
