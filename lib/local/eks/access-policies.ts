import type { AccessScope } from '@aws-sdk/client-eks';
import { AwsFault } from '../call.ts';
import type { Scope } from './access-entry.ts';

// `aws eks list-access-policies`, as users published its answer in 2025 and 2026.
const ACCESS_POLICIES = [
  'AmazonAIOpsAssistantPolicy',
  'AmazonARCRegionSwitchScalingPolicy',
  'AmazonEKSACKPolicy',
  'AmazonEKSAdminPolicy',
  'AmazonEKSAdminViewPolicy',
  'AmazonEKSArgoCDClusterPolicy',
  'AmazonEKSArgoCDPolicy',
  'AmazonEKSAutoNodePolicy',
  'AmazonEKSBlockStorageClusterPolicy',
  'AmazonEKSBlockStoragePolicy',
  'AmazonEKSClusterAdminPolicy',
  'AmazonEKSClusterInsightsPolicy',
  'AmazonEKSComputeClusterPolicy',
  'AmazonEKSComputePolicy',
  'AmazonEKSEditPolicy',
  'AmazonEKSEventPolicy',
  'AmazonEKSHybridPolicy',
  'AmazonEKSKROPolicy',
  'AmazonEKSLoadBalancingClusterPolicy',
  'AmazonEKSLoadBalancingPolicy',
  'AmazonEKSNetworkingClusterPolicy',
  'AmazonEKSNetworkingPolicy',
  'AmazonEKSPodIdentityPolicy',
  'AmazonEKSSecretAdminPolicy',
  'AmazonEKSSecretReaderPolicy',
  'AmazonEKSViewPolicy',
  'AmazonEMRJobPolicy',
  'AmazonSagemakerHyperpodClusterPolicy',
  'AmazonSagemakerHyperpodControllerPolicy',
  'AmazonSagemakerHyperpodSpacePolicy',
  'AmazonSagemakerHyperpodSpaceTemplatePolicy',
  'AmazonSagemakerHyperpodSystemNamespacePolicy',
  'AmazonSagemakerHyperpodUserClusterPolicy',
];

// EKS user guide, access policy permissions: "can't be directly associated by users" (awsdocs/amazon-eks-user-guide#1003).
const SERVICE_ONLY = [
  'AmazonEKSBlockStorageClusterPolicy',
  'AmazonEKSBlockStoragePolicy',
  'AmazonEKSClusterInsightsPolicy',
  'AmazonEKSComputeClusterPolicy',
  'AmazonEKSComputePolicy',
  'AmazonEKSHybridPolicy',
];

const policyArn = (partition: string, name: string) => `arn:${partition}:eks::aws:cluster-access-policy/${name}`;

const invalid = (message: string) => new AwsFault('InvalidParameterException', message);

/** The access policies that EKS offers in a partition. */
export function accessPolicies(partition: string): { name: string; arn: string }[] {
  return ACCESS_POLICIES.map((name) => ({ name, arn: policyArn(partition, name) }));
}

/** Refuses an ARN that is not that of a policy which people may associate. */
export function checkPolicy(arn: string, partition: string): void {
  // An IAM policy's ARN is refused by its form, an unknown name or a slip in an EKS one as not found (cdk-preflight, 2026-09).
  if (!/^arn:[^:]+:eks:/.test(arn)) throw invalid('The policyArn parameter format is not valid');
  const name = ACCESS_POLICIES.find((known) => policyArn(partition, known) === arn);
  if (!name) throw new AwsFault('ResourceNotFoundException', 'The specified policyArn could not be found.');
  if (SERVICE_ONLY.includes(name)) {
    // Text: two public Terraform stacks that tried AmazonEKSComputeClusterPolicy and noted the answer.
    throw invalid('The specified policyArn can only be associated with service-linked roles');
  }
}

/** The scope that was asked for, or a refusal. Texts: cdk-preflight, measured 2026-09. */
export function scopeOf({ type, namespaces = [] }: AccessScope): Scope {
  if (type === 'namespace') {
    if (namespaces.length === 0) {
      throw invalid('At least 1 namespace must be provided if the type is set as namespace');
    }
    // Namespaces may hold wildcards (`dev-*`) and are not looked up (EKS user guide, access-policies).
    return { type, namespaces: [...namespaces] };
  }
  // No text is known for a scope of another type.
  if (type !== 'cluster')
    throw invalid(`The accessScope type ${type} is invalid, it must be one of [cluster, namespace]`);
  if (namespaces.length > 0) {
    throw invalid('accessScope should not include namespaces if the type is not set as namespace');
  }
  return { type, namespaces: [] };
}
