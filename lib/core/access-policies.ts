import type { PolicyAssociation } from './shapes.ts';

// awsdocs/amazon-eks-user-guide PR #1003: EKS associates these itself, nobody else may.
const SERVICE_ONLY = [
  'AmazonEKSClusterInsightsPolicy',
  'AmazonEKSHybridPolicy',
  'AmazonEKSComputeClusterPolicy',
  'AmazonEKSComputePolicy',
  'AmazonEKSBlockStorageClusterPolicy',
  'AmazonEKSBlockStoragePolicy',
];

/** The one policy that EKS's own guide gives an Auto Mode node (create-node-class, auto-node-access-entry). */
const AUTO_NODE = 'AmazonEKSAutoNodePolicy';

// `arn:aws-cn:eks::aws:cluster-access-policy/NAME`, whatever the partition (EKS user guide, "Review access policy permissions").
const nameOf = ({ policyArn }: PolicyAssociation) => policyArn.slice(policyArn.lastIndexOf('/') + 1);

/** Whether only EKS itself may associate the policy. */
export function isServiceOnly(policy: PolicyAssociation): boolean {
  return SERVICE_ONLY.includes(nameOf(policy));
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
  if (nameOf(policy) === 'AmazonEKSClusterAdminPolicy') return true;
  const { type, namespaces = [] } = policy.accessScope;
  return (
    nameOf(policy) === 'AmazonEKSAdminPolicy' && (type === 'cluster' || namespaces.some((name) => /^\*+$/.test(name)))
  );
}
