import type {
  AuthenticationMode,
  Cluster as ClusterAnswer,
  ClusterStatus,
  VpcConfigRequest,
} from '@aws-sdk/client-eks';

/** One row of `aws-auth`: maps an IAM ARN (a role's without its path) to a Kubernetes user. */
export interface AwsAuthRow {
  readonly arn: string;
  readonly username: string;
  readonly groups: readonly string[];
}

/** A cluster's status, and what it turns into by itself. */
interface ClusterLife {
  readonly status: ClusterStatus;
  readonly next?: { readonly at: number; readonly status: 'ACTIVE' | 'gone' };
}

/** A cluster: no more of it than access entries need. */
export interface Cluster {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly version: string;
  readonly roleArn: string;
  readonly vpcConfig: VpcConfigRequest;
  readonly life: ClusterLife;
  readonly authenticationMode: AuthenticationMode;
  readonly bootstrapClusterCreatorAdminPermissions: boolean;
  readonly awsAuth: readonly AwsAuthRow[];
  readonly tags: Readonly<Record<string, string>>;
}

// EKS API reference, VpcConfigRequest: what holds where nothing was given.
const DEFAULT_VPC_CONFIG = {
  endpointPublicAccess: true,
  endpointPrivateAccess: false,
  publicAccessCidrs: ['0.0.0.0/0'],
  securityGroupIds: [],
};

/** The cluster as EKS answers it. */
export function clusterAnswer(cluster: Cluster): ClusterAnswer {
  return {
    name: cluster.name,
    arn: cluster.arn,
    createdAt: new Date(cluster.createdAt),
    version: cluster.version,
    roleArn: cluster.roleArn,
    resourcesVpcConfig: { ...DEFAULT_VPC_CONFIG, ...cluster.vpcConfig },
    status: cluster.life.status,
    platformVersion: 'eks.1',
    tags: { ...cluster.tags },
    accessConfig: {
      bootstrapClusterCreatorAdminPermissions: cluster.bootstrapClusterCreatorAdminPermissions,
      authenticationMode: cluster.authenticationMode,
    },
  };
}
