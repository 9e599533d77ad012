import {
  type AccessScope,
  type AssociatedAccessPolicy,
  DescribeAccessEntryCommand,
  paginateListAccessEntries,
  paginateListAssociatedAccessPolicies,
} from '@aws-sdk/client-eks';
import type { AccessEntries } from '../core/ports.ts';
import type { PolicyAssociation } from '../core/shapes.ts';
import type { Clients } from './clients.ts';
import { isEntryNotFound } from './entry-not-found.ts';
import { member } from './member.ts';
import { nameErrors } from './name-errors.ts';

/** IAM actions of the port `accessEntries`. */
export const EKS_ACCESS_ENTRIES_ACTIONS = [
  'eks:ListAccessEntries',
  'eks:DescribeAccessEntry',
  'eks:ListAssociatedAccessPolicies',
] as const;

/** Reads access entries and their policies from EKS. */
export function eksAccessEntries(clients: Clients): AccessEntries {
  return {
    list: (place, clusterName) =>
      nameErrors('eks:ListAccessEntries', async () => {
        const principalArns: string[] = [];
        for await (const page of paginateListAccessEntries({ client: clients.eks(place) }, { clusterName })) {
          principalArns.push(...(page.accessEntries ?? []));
        }
        return principalArns;
      }),

    describe: ({ clusterName, principalArn, ...place }) =>
      nameErrors('eks:DescribeAccessEntry', async () => {
        try {
          const { accessEntry } = await clients
            .eks(place)
            .send(new DescribeAccessEntryCommand({ clusterName, principalArn }));
          return {
            entryArn: member(accessEntry?.accessEntryArn, 'accessEntry.accessEntryArn'),
            principalArn: member(accessEntry?.principalArn, 'accessEntry.principalArn'),
            createdAt: member(accessEntry?.createdAt, 'accessEntry.createdAt').toISOString(),
            modifiedAt: member(accessEntry?.modifiedAt, 'accessEntry.modifiedAt').toISOString(),
            type: member(accessEntry?.type, 'accessEntry.type'),
            username: accessEntry?.username ?? '',
            kubernetesGroups: accessEntry?.kubernetesGroups ?? [],
            tags: accessEntry?.tags ?? {},
          };
        } catch (error) {
          if (isEntryNotFound(error)) return undefined;
          throw error;
        }
      }),

    policies: ({ clusterName, principalArn, ...place }) =>
      nameErrors('eks:ListAssociatedAccessPolicies', async () => {
        const policies: PolicyAssociation[] = [];
        const pages = paginateListAssociatedAccessPolicies(
          { client: clients.eks(place) },
          { clusterName, principalArn },
        );
        try {
          for await (const page of pages) policies.push(...(page.associatedAccessPolicies ?? []).map(asAssociation));
        } catch (error) {
          // The policies went with the entry. Whoever decides on them has described the entry and looks at its ARN again.
          if (isEntryNotFound(error)) return [];
          throw error;
        }
        return policies;
      }),
  };
}

function asAssociation({ policyArn, accessScope }: AssociatedAccessPolicy): PolicyAssociation {
  return { policyArn: member(policyArn, 'policyArn'), accessScope: asScope(member(accessScope, 'accessScope')) };
}

/** EKS answers a cluster's scope with an empty list of namespaces: it means the same as none. */
function asScope({ type, namespaces = [] }: AccessScope): PolicyAssociation['accessScope'] {
  if (type === 'cluster' && namespaces.length === 0) return { type };
  if (type === 'cluster' || type === 'namespace') return { type, namespaces };
  throw new Error(`an access scope of the unknown type '${type}'`);
}
