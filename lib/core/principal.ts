import type { Principal } from './shapes.ts';

// IAM's own patterns for paths and names (CreateRole, IAM API reference). A path may hold slashes, a name may not.
const ROLE_OR_USER = /^arn:(aws(?:-[a-z]+)*):iam::(\d{12}):(role|user)(\/(?:[!-~]{1,510}\/)?)([\w+=,.@-]{1,64})$/;

// An STS session's ARN names the role without its path (EKS user guide, "IAM identifiers" in the IAM user guide).
const SESSION = /^arn:(aws(?:-[a-z]+)*):sts::(\d{12}):assumed-role\/([\w+=,.@-]{1,64})\/[^/]+$/;

/** What an ARN of a role or user names; undefined for every other ARN. */
export function parsePrincipalArn(arn: string): (Principal & { path: string }) | undefined {
  const [matched, partition = '', accountId = '', kind, path = '', name = ''] = ROLE_OR_USER.exec(arn) ?? [];
  if (matched === undefined) return undefined;
  return { partition, accountId, kind: kind === 'role' ? 'role' : 'user', name, path };
}

/** The role that an STS session's ARN belongs to; undefined for every other ARN. */
export function parseSessionArn(arn: string): Principal | undefined {
  const [matched, partition = '', accountId = '', name = ''] = SESSION.exec(arn) ?? [];
  return matched === undefined ? undefined : { partition, accountId, kind: 'role', name };
}

/** The same for two principals that IAM can't tell apart by name: names are unique in the account whatever path or case. */
export function principalKey({ accountId, kind, name }: Principal): string {
  return `${accountId}/${kind}/${name.toLowerCase()}`;
}

/** Whether the ARN is a service-linked role's: EKS refuses entries for these, and only their service may touch the role. */
export function isServiceLinked(arn: string): boolean {
  return /^arn:[^:]+:iam::\d{12}:role\/aws-service-role\//.test(arn);
}
