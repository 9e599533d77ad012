import { isDeepStrictEqual } from 'node:util';
import type { AccessEntry } from '../../local/eks/access-entry.ts';

/** All of an entry that a person set: what a rebind has to keep. Read from EKS's own state, not through the service. */
export interface EntryConfiguration {
  readonly type: string;
  readonly username: string;
  readonly kubernetesGroups: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly policies: readonly string[];
}

/** Tags that begin with `aws:` are AWS's own, which nobody may write back. */
const isPersons = ([key]: readonly [string, string]) => !key.toLowerCase().startsWith('aws:');

const byKey = ([one]: readonly [string, string], [other]: readonly [string, string]) => (one < other ? -1 : 1);

/** An entry's configuration, in an order of its own. */
export function configurationOf({ type, username, kubernetesGroups, tags, policies }: AccessEntry): EntryConfiguration {
  return {
    type,
    username,
    kubernetesGroups: kubernetesGroups.toSorted(),
    tags: Object.fromEntries(Object.entries(tags).filter(isPersons).toSorted(byKey)),
    policies: policies
      .map(({ policyArn, scope }) => `${policyArn} ${scope.type} ${scope.namespaces.toSorted().join(',')}`)
      .toSorted(),
  };
}

/** What differs, by field; nothing where the entry is as it was. */
export function changedFields(was: EntryConfiguration, is: EntryConfiguration | undefined): string[] {
  if (!is) return ['entry'];
  const fields = ['type', 'username', 'kubernetesGroups', 'tags', 'policies'] as const;
  return fields.filter((field) => !isDeepStrictEqual(was[field], is[field]));
}
