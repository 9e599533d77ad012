/** Something that grants: an entry of the local EKS, or a snapshot in the service's ledger. */
interface Granting {
  readonly type: string;
  readonly username?: string | undefined;
  readonly kubernetesGroups?: readonly string[] | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly policies: readonly {
    readonly policyArn: string;
    readonly scope?: { readonly type: string; readonly namespaces?: readonly string[] | undefined };
    readonly accessScope?: { readonly type: string; readonly namespaces?: readonly string[] | undefined };
  }[];
}

/** What something grants, spelled out so that equal grants are equal text. */
export interface Grants {
  readonly type: string;
  readonly username?: string | undefined;
  readonly groups: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly policies: readonly string[];
}

/** A policy with its scope, in words. */
export function policyText(policyArn: string, type = 'cluster', namespaces: readonly string[] = []): string {
  return [policyArn, type, ...namespaces.toSorted()].join(' ');
}

/** What an entry grants, without the tags that nobody can write. */
export function grants({ type, username, kubernetesGroups = [], tags, policies }: Granting): Grants {
  return {
    type,
    username,
    groups: kubernetesGroups.toSorted(),
    tags: Object.fromEntries(
      Object.keys(tags)
        .filter((key) => !/^aws:/i.test(key))
        .toSorted()
        .map((key) => [key, tags[key] ?? '']),
    ),
    policies: policies
      .map(({ policyArn, scope, accessScope }) => {
        const where = scope ?? accessScope;
        return policyText(policyArn, where?.type, where?.namespaces);
      })
      .toSorted(),
  };
}

/** As `grants`, without what a snapshot may leave out since EKS fills it in: a default username, and all a node type has. */
export function snapshotGrants(of: Granting): Grants {
  const { username, groups, ...others } = grants(of);
  const isDefault = username === undefined || /^(system:node:|arn:)/.test(username);
  return {
    ...others,
    username: isDefault ? 'default' : username,
    groups: groups.filter((group) => !group.startsWith('system:')),
  };
}
