import type { NodegroupSeed } from '../../local/eks/nodegroup.ts';
import type { EntrySeed, ClusterSeed } from '../../local/eks/world.ts';
import type { IamPrincipal } from '../../local/iam/iam-state.ts';

/** A world as plain data: what stands in the local AWS before a story begins. */
export interface WorldPlan {
  readonly partition: string;
  readonly accountId: string;
  /** Where IAM's events arise in this partition: the service is deployed there. */
  readonly homeRegion: string;
  /** The regions that have clusters. */
  readonly regions: readonly string[];
  readonly principals: readonly IamPrincipal[];
  readonly clusters: readonly ClusterSeed[];
  readonly entries: readonly EntrySeed[];
  /** @default none */
  readonly nodegroups?: readonly NodegroupSeed[];
}

/** A trust policy of one statement that lets a service or an account assume the role. */
export function trusting(principal: { readonly Service: string } | { readonly AWS: string }): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
  });
}

/** The ARN of one of AWS's access policies. */
export const accessPolicy = (partition: string, name: string): string =>
  `arn:${partition}:eks::aws:cluster-access-policy/${name}`;

/** The whole cluster as a policy's scope. */
export const wholeCluster = { type: 'cluster', namespaces: [] } as const;

/** Some namespaces as a policy's scope. */
export const onlyIn = (...namespaces: string[]) => ({ type: 'namespace', namespaces }) as const;
