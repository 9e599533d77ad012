import { isNodeType } from './entry-types.ts';
import { parsePrincipalArn } from './principal.ts';
import type { AccessEntry } from './ports.ts';
import { SCHEMA_VERSION, type PolicyAssociation, type Snapshot } from './shapes.ts';

// `aws:` in any case is AWS's own; nobody else may write such a tag (EKS API reference, TagMap).
const isAwsTag = (key: string) => /^aws:/i.test(key);

const byText = (one: string, other: string) => (one < other ? -1 : Number(one > other));

/** The username EKS gives a STANDARD entry that names none (EKS user guide, "Set a custom username"). */
function defaultUsername(principalArn: string): string | undefined {
  const principal = parsePrincipalArn(principalArn);
  if (!principal) return undefined;
  if (principal.kind === 'user') return principalArn;
  return `arn:${principal.partition}:sts::${principal.accountId}:assumed-role/${principal.name}/{{SessionName}}`;
}

function withSortedScope({ policyArn, accessScope: { type, namespaces = [] } }: PolicyAssociation): PolicyAssociation {
  // EKS shows an empty list of namespaces where the scope is the cluster, and doesn't take one there.
  if (type === 'cluster') return { policyArn, accessScope: { type } };
  return { policyArn, accessScope: { type, namespaces: namespaces.toSorted(byText) } };
}

/** What `CreateAccessEntry` and `AssociateAccessPolicy` need to make this entry again, and nothing they refuse. */
export function takeSnapshot(entry: AccessEntry, policies: readonly PolicyAssociation[]): Snapshot {
  const { entryArn, createdAt, type, username, kubernetesGroups } = entry;
  const tags = Object.entries(entry.tags);
  const isOurs = !isNodeType(type);
  const isCustom = isOurs && username !== '' && username !== defaultUsername(entry.principalArn);
  return {
    schemaVersion: SCHEMA_VERSION,
    entryArn,
    createdAt,
    type,
    ...(isCustom && { username }),
    ...(isOurs && kubernetesGroups.length > 0 && { kubernetesGroups: [...kubernetesGroups] }),
    tags: Object.fromEntries(tags.filter(([key]) => !isAwsTag(key))),
    lostTags: Object.fromEntries(tags.filter(([key]) => isAwsTag(key))),
    policies: policies.map(withSortedScope).toSorted((one, other) => byText(one.policyArn, other.policyArn)),
  };
}

type Words = ReadonlyMap<string, string>;

function changes(what: string, was: Words, is: Words): string[] {
  const keys = [...new Set([...was.keys(), ...is.keys()])].toSorted(byText);
  return keys.flatMap((key) => {
    const [before, after] = [was.get(key), is.get(key)];
    if (before === after) return [];
    if (before === undefined) return [`${what} ${key} (${after}) was not there before`];
    if (after === undefined) return [`${what} ${key} (${before}) is gone`];
    return [`${what} ${key} was ${before}, is ${after}`];
  });
}

const settingsOf = ({ type, username, kubernetesGroups = [] }: Snapshot): Words =>
  new Map([
    ['type', type],
    ['username', username === undefined ? 'the default' : JSON.stringify(username)],
    ['kubernetesGroups', JSON.stringify(kubernetesGroups.toSorted(byText))],
  ]);

const tagsOf = ({ tags }: Snapshot): Words =>
  new Map(Object.entries(tags).map(([key, value]) => [key, JSON.stringify(value)]));

const policiesOf = ({ policies }: Snapshot): Words =>
  new Map(
    policies.map(({ policyArn, accessScope: { type, namespaces = [] } }) => [
      policyArn,
      type === 'cluster' ? 'cluster-wide' : `in namespaces ${JSON.stringify(namespaces.toSorted(byText))}`,
    ]),
  );

/**
 * What differs in what a person set, in words; empty when nothing does. The entry's ARN, its times and the tags that nobody
 * may write don't count: a rebind changes these.
 */
export function differences(was: Snapshot, is: Snapshot, what: { readonly policies: boolean }): string[] {
  return [
    ...changes('setting', settingsOf(was), settingsOf(is)),
    ...changes('tag', tagsOf(was), tagsOf(is)),
    ...(what.policies ? changes('policy', policiesOf(was), policiesOf(is)) : []),
  ];
}
