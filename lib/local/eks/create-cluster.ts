import type { CreateClusterRequest, CreateClusterResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import { AwsFault } from '../call.ts';
import { clusterAnswer, type Cluster } from './cluster.ts';
import { drawDelay } from './delay.ts';
import type { EksState } from './eks-state.ts';
import { checkTags } from './tag-rules.ts';

type Input = CreateClusterRequest & { name: string; roleArn: string };

/**
 * Makes a cluster, which is ACTIVE after a while. Its creator, if a role or user, gets an entry with cluster-admin unless that was
 * declined (EKS API reference, CreateAccessConfigRequest). The entry that EKS makes for its own service-linked role is left out.
 */
export function createCluster(input: Input, state: EksState, call: Call) {
  const {
    name,
    version,
    roleArn,
    resourcesVpcConfig,
    accessConfig = {},
    tags = {},
    clientRequestToken: _,
    ...others
  } = input;
  refuseUnknown(others);
  const { authenticationMode = 'CONFIG_MAP', bootstrapClusterCreatorAdminPermissions = true } = accessConfig;
  if (!/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(name)) {
    // Pattern: EKS API reference, CreateCluster. The text is not known.
    throw new AwsFault('InvalidParameterException', `The cluster name ${name} is not valid`, { clusterName: name });
  }
  if (authenticationMode === 'CONFIG_MAP' && !bootstrapClusterCreatorAdminPermissions) {
    // Text: terraform-aws-eks#3026.
    throw new AwsFault(
      'InvalidParameterException',
      'bootstrapClusterCreatorAdminPermissions must be true if cluster authentication mode is set to CONFIG_MAP',
    );
  }
  checkTags(tags, 'InvalidParameterException');
  const { accountId, partition } = call.caller;
  if (state.cluster(accountId, call.region, name)) {
    throw new AwsFault('ResourceInUseException', `Cluster already exists with name: ${name}`, { clusterName: name });
  }
  const seed = state.addCluster({ accountId, partition, region: call.region, name, authenticationMode, tags });
  const cluster: Cluster = {
    ...seed,
    version: version ?? seed.version,
    roleArn,
    vpcConfig: resourcesVpcConfig ?? {},
    bootstrapClusterCreatorAdminPermissions,
    life: {
      status: 'CREATING',
      next: { at: state.clock.now() + drawDelay(state.behaviour.clusterCreation, state.random), status: 'ACTIVE' },
    },
  };
  state.putCluster(cluster);
  if (bootstrapClusterCreatorAdminPermissions && authenticationMode !== 'CONFIG_MAP')
    admitCreator(state, cluster, call);
  return { cluster: clusterAnswer(cluster) } satisfies CreateClusterResponse;
}

/** A cluster without what was asked for would be another cluster. */
function refuseUnknown(others: object): void {
  const other = Object.entries(others).find(([, value]) => value !== undefined)?.[0];
  if (other) throw new AwsFault('NotEmulated', `the local AWS does not emulate ${other} of CreateCluster`);
}

function admitCreator(state: EksState, { accountId, region, name, partition }: Cluster, call: Call): void {
  const creator = state.credentials.holderOf(call.caller.accessKeyId);
  if (!creator || creator.kind === 'root') return;
  const policyArn = `arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`;
  state.addEntry({
    accountId,
    region,
    clusterName: name,
    principalArn: creator.arn,
    boundId: creator.uniqueId,
    policies: [{ policyArn, scope: { type: 'cluster', namespaces: [] } }],
  });
}
