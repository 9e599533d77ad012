import type { Clock, Random } from '../../runtime.ts';
import type { Call, LocalService, Operation } from '../call.ts';
import { associateAccessPolicy } from './associate-access-policy.ts';
import { authenticate, type Authentication } from './authenticate.ts';
import { defaultBehaviour, type EksBehaviour } from './behaviour.ts';
import { createAccessEntry } from './create-access-entry.ts';
import { createCluster } from './create-cluster.ts';
import { deleteAccessEntry } from './delete-access-entry.ts';
import { deleteCluster } from './delete-cluster.ts';
import { describeAccessEntry } from './describe-access-entry.ts';
import { describeCluster } from './describe-cluster.ts';
import { describeNodegroup } from './describe-nodegroup.ts';
import { disassociateAccessPolicy } from './disassociate-access-policy.ts';
import { createEksState, type EksState } from './eks-state.ts';
import type { IamView, KeyHolders } from './iam-view.ts';
import { listAccessEntries } from './list-access-entries.ts';
import { listAccessPolicies } from './list-access-policies.ts';
import { listAssociatedAccessPolicies } from './list-associated-access-policies.ts';
import { listClusters } from './list-clusters.ts';
import { listNodegroups } from './list-nodegroups.ts';
import { listTagsForResource } from './list-tags-for-resource.ts';
import { tagResource } from './tag-resource.ts';
import { untagResource } from './untag-resource.ts';
import { updateAccessEntry } from './update-access-entry.ts';
import { updateClusterConfig } from './update-cluster-config.ts';

/** What the local EKS is made of. */
export interface EksOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly iam: IamView;
  readonly credentials: KeyHolders;
  /** @default AWS's, as far as known; see `EksBehaviour` */
  readonly lag?: Partial<EksBehaviour>;
}

/** The local EKS: the service that clients call, its state, and the oracle. */
export interface LocalEks {
  readonly service: LocalService;
  readonly state: EksState;
  /** What a cluster's authenticator would answer to a token made with that key. */
  authenticate(clusterArn: string, accessKeyId: string): Authentication;
}

/** A local EKS without clusters. */
export function createEks({ lag, ...world }: EksOptions): LocalEks {
  const state = createEksState({ ...world, behaviour: { ...defaultBehaviour, ...lag } });
  const on =
    <Input>(run: (input: Input, eks: EksState, call: Call) => object): Operation =>
    (input: Input, call) =>
      run(input, state, call);
  return {
    service: {
      signingName: 'eks',
      operations: {
        AssociateAccessPolicy: on(associateAccessPolicy),
        CreateAccessEntry: on(createAccessEntry),
        CreateCluster: on(createCluster),
        DeleteAccessEntry: on(deleteAccessEntry),
        DeleteCluster: on(deleteCluster),
        DescribeAccessEntry: on(describeAccessEntry),
        DescribeCluster: on(describeCluster),
        DescribeNodegroup: on(describeNodegroup),
        DisassociateAccessPolicy: on(disassociateAccessPolicy),
        ListAccessEntries: on(listAccessEntries),
        ListAccessPolicies: listAccessPolicies,
        ListAssociatedAccessPolicies: on(listAssociatedAccessPolicies),
        ListClusters: on(listClusters),
        ListNodegroups: on(listNodegroups),
        ListTagsForResource: on(listTagsForResource),
        TagResource: on(tagResource),
        UntagResource: on(untagResource),
        UpdateAccessEntry: on(updateAccessEntry),
        UpdateClusterConfig: on(updateClusterConfig),
      },
    },
    state,
    authenticate: (clusterArn, accessKeyId) => authenticate(state, clusterArn, accessKeyId),
  };
}
