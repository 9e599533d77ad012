import type { Nodegroup as NodegroupAnswer } from '@aws-sdk/client-eks';
import { createHash } from 'node:crypto';
import type { Cluster } from './cluster.ts';

/** A managed node group: no more of it than whose role its nodes have. */
export interface Nodegroup {
  readonly name: string;
  readonly arn: string;
  readonly nodeRoleArn: string;
  readonly createdAt: number;
}

/** A node group to start a world with. */
export interface NodegroupSeed {
  readonly accountId: string;
  readonly region: string;
  readonly clusterName: string;
  readonly name: string;
  readonly nodeRoleArn: string;
  /** @default when its cluster was made */
  readonly createdAt?: number;
}

/** A node group of a cluster, as a world starts with it. */
export function newNodegroup(
  cluster: Cluster,
  { name, nodeRoleArn, createdAt = cluster.createdAt }: NodegroupSeed,
): Nodegroup {
  // Not drawn: a world's other ids are to be the same whether it has node groups or not.
  const digits = createHash('sha256').update(`${cluster.arn} ${name}`).digest('hex');
  const uuid = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  const where = `arn:${cluster.partition}:eks:${cluster.region}:${cluster.accountId}`;
  return { name, arn: `${where}:nodegroup/${cluster.name}/${name}/${uuid}`, nodeRoleArn, createdAt };
}

/** The node group as EKS answers it. */
export function nodegroupAnswer({ name, arn, nodeRoleArn, createdAt }: Nodegroup, cluster: Cluster): NodegroupAnswer {
  return {
    nodegroupName: name,
    nodegroupArn: arn,
    clusterName: cluster.name,
    version: cluster.version,
    createdAt: new Date(createdAt),
    modifiedAt: new Date(createdAt),
    status: 'ACTIVE',
    capacityType: 'ON_DEMAND',
    scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 2 },
    instanceTypes: ['t3.medium'],
    subnets: cluster.vpcConfig.subnetIds ?? [],
    amiType: 'AL2023_x86_64_STANDARD',
    nodeRole: nodeRoleArn,
    diskSize: 20,
    health: { issues: [] },
    tags: {},
  };
}
