import type { Delay } from '../iam/read-lag.ts';

/** How the local EKS behaves where AWS's own behaviour is undocumented or takes a time that nobody promises. */
export interface EksBehaviour {
  /**
   * From CreateAccessEntry or UpdateAccessEntry until the authenticator knows of it. AWS: "several seconds" (EKS user guide);
   * measured: up to 30 s (gravitational/teleport#49467).
   * @default 1 to 15 s
   */
  readonly takesEffect: Delay;
  /**
   * From CreateAccessEntry until AssociateAccessPolicy finds the entry (terraform-aws-eks#3024).
   * @default 0 to 5 s
   */
  readonly associable: Delay;
  /**
   * How long a cluster is CREATING.
   * @default 8 to 12 min
   */
  readonly clusterCreation: Delay;
  /**
   * How long a cluster is UPDATING after UpdateClusterConfig.
   * @default 30 to 120 s
   */
  readonly clusterUpdate: Delay;
  /**
   * How long a cluster is DELETING.
   * @default 2 to 5 min
   */
  readonly clusterDeletion: Delay;
  /**
   * A repeated `clientRequestToken` of CreateAccessEntry answers the entry it made; else it is ignored.
   * @default true
   */
  readonly tokensHold: boolean;
  /**
   * AssociateAccessPolicy and DisassociateAccessPolicy move the entry's `modifiedAt`. No source says which is true.
   * @default false
   */
  readonly policiesMoveModifiedAt: boolean;
  /**
   * CreateAccessEntry looks for an entry of the same principal before it looks at the other parameters. The order is undocumented.
   * @default false
   */
  readonly inUseBeforeValidation: boolean;
}

export const defaultBehaviour: EksBehaviour = {
  takesEffect: { from: 1_000, to: 15_000 },
  associable: { from: 0, to: 5_000 },
  clusterCreation: { from: 480_000, to: 720_000 },
  clusterUpdate: { from: 30_000, to: 120_000 },
  clusterDeletion: { from: 120_000, to: 300_000 },
  tokensHold: true,
  policiesMoveModifiedAt: false,
  inUseBeforeValidation: false,
};
