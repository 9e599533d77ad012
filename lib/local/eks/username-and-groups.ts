import { AwsFault } from '../call.ts';

// Measured one by one against CreateAccessEntry, names and groups alike (cdk-preflight, 2026-09).
const RESERVED_PREFIXES = ['system:', 'eks:', 'aws:', 'amazon:', 'iam:'];

const invalid = (message: string) => new AwsFault('InvalidParameterException', message);

/** Refuses a username that EKS keeps for itself, and a session's name with nothing before it. */
export function checkUsername(username: string): void {
  const prefix = RESERVED_PREFIXES.find((reserved) => username.startsWith(reserved));
  // Text: aws-ia/terraform-aws-eks-blueprints#2004.
  if (prefix) throw invalid(`The username must not begin with ${prefix}`);
  const session = /\{\{SessionName(?:Raw)?\}\}/.exec(username);
  if (session && !username.slice(0, session.index).includes(':')) {
    // The rule is the user guide's ("a colon must come before"); the text is not known.
    throw invalid(`The username must have a colon before ${session[0]}`);
  }
}

/** Refuses groups that EKS keeps for itself. */
export function checkGroups(groups: readonly string[]): void {
  for (const group of groups) {
    const prefix = RESERVED_PREFIXES.find((reserved) => group.startsWith(reserved));
    // Text: terraform-aws-eks#2915.
    if (prefix) throw invalid(`The kubernetes group name ${group} is invalid, it cannot start with ${prefix}`);
  }
}

/** Refuses to give a node's entry a username or groups. */
export function checkNothingSet(type: string, username: string | undefined, groups: readonly string[]): void {
  if (type === 'STANDARD') return;
  // Both texts were measured for `EC2_LINUX` and `EC2_WINDOWS` (cdk-preflight); the user guide has the rule for every other type too.
  if (username !== undefined && username !== '') {
    throw invalid(`The specified username is invalid: setting username is not allowed when the type is "${type}"`);
  }
  if (groups.length > 0) {
    throw invalid(
      `The specified kubernetesGroups is invalid: setting kubernetesGroups is not allowed when the type is "${type}"`,
    );
  }
}
