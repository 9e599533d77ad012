import type { PolicyAssociation } from './shapes.ts';

/** Names of policies that EKS associates itself and nobody else may (awsdocs/amazon-eks-user-guide PR #1003). */
export const SERVICE_ONLY_POLICIES: readonly string[] = [
  'AmazonEKSClusterInsightsPolicy',
  'AmazonEKSHybridPolicy',
  'AmazonEKSComputeClusterPolicy',
  'AmazonEKSComputePolicy',
  'AmazonEKSBlockStorageClusterPolicy',
  'AmazonEKSBlockStoragePolicy',
];

/** Made for administrators of the whole cluster. */
export const CLUSTER_ADMIN_POLICY = 'AmazonEKSClusterAdminPolicy';

/** Made for administrators of namespaces; in the scope of the cluster it makes one of the cluster. */
export const ADMIN_POLICY = 'AmazonEKSAdminPolicy';

/** The one policy that EKS's own guide gives an Auto Mode node (create-node-class, auto-node-access-entry). */
const AUTO_NODE = 'AmazonEKSAutoNodePolicy';

// `arn:aws-cn:eks::aws:cluster-access-policy/NAME`, whatever the partition (EKS user guide, "Review access policy permissions").
const nameOf = ({ policyArn }: PolicyAssociation) => policyArn.slice(policyArn.lastIndexOf('/') + 1);

/** Whether only EKS itself may associate the policy. */
export function isServiceOnly(policy: PolicyAssociation): boolean {
  return SERVICE_ONLY_POLICIES.includes(nameOf(policy));
}

/** Whether an Auto Mode node needs the policy. */
export function isForAutoNodes(policy: PolicyAssociation): boolean {
  return nameOf(policy) === AUTO_NODE;
}

/**
 * Whether the policy makes its holder an administrator of the cluster: `AmazonEKSClusterAdminPolicy` in any scope (made for the
 * whole cluster, so a narrower scope is for a person to judge), `AmazonEKSAdminPolicy` for the whole cluster or for every
 * namespace (a name may hold wildcards: EKS user guide, "Associate access policies").
 */
export function isClusterAdmin(policy: PolicyAssociation): boolean {
  if (nameOf(policy) === CLUSTER_ADMIN_POLICY) return true;
  const { type, namespaces = [] } = policy.accessScope;
  return nameOf(policy) === ADMIN_POLICY && (type === 'cluster' || namespaces.some((name) => /^\*+$/.test(name)));
}
