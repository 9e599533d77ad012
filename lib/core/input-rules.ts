import type { Snapshot } from './shapes.ts';

// EKS user guide, "Create access entries" and "Set a custom username"; EKS API reference, TagMap.
const RESERVED_USERNAME = /^(system|eks|aws|amazon|iam):/;
const TAGS = 50;

/** Which of EKS's published rules a snapshot breaks, in words: EKS would refuse to make such an entry. */
export function brokenInputRules({ username, kubernetesGroups = [], tags, policies }: Snapshot): string[] {
  const reservedGroups = kubernetesGroups.filter((group) => group.startsWith('system:'));
  const unscoped = policies.filter(
    ({ accessScope: { type, namespaces = [] } }) => type === 'namespace' && namespaces.length === 0,
  );
  return [
    ...(username !== undefined && RESERVED_USERNAME.test(username)
      ? [`the username '${username}' has a reserved prefix`]
      : []),
    ...(username !== undefined && isSessionUnprefixed(username)
      ? [`the username '${username}' has the session's name without a colon before it`]
      : []),
    ...reservedGroups.map((group) => `the group '${group}' starts with system:`),
    ...(Object.keys(tags).length > TAGS ? [`it has ${Object.keys(tags).length} tags, more than ${TAGS}`] : []),
    ...unscoped.map(({ policyArn }) => `the policy '${policyArn}' is scoped to namespaces but names none`),
  ];
}

function isSessionUnprefixed(username: string): boolean {
  const session = username.indexOf('{{SessionName');
  return session >= 0 && !username.slice(0, session).includes(':');
}
