import type { Delay } from './delay.ts';

/** How the local EKS behaves where AWS's own behaviour is undocumented or takes a time that nobody promises. */
export interface EksBehaviour {
  /**
   * From CreateAccessEntry or UpdateAccessEntry until the authenticator knows of it. AWS: "several seconds" (EKS user guide);
   * measured: up to 30 s (gravitational/teleport#49467).
   * @default [1000, 15000]
   */
  readonly takesEffect: Delay;
  /**
   * From CreateAccessEntry until AssociateAccessPolicy finds the entry (terraform-aws-eks#3024).
   * @default [0, 5000]
   */
  readonly associable: Delay;
  /**
   * How long a cluster is CREATING.
   * @default [480000, 720000]
   */
  readonly clusterCreation: Delay;
  /**
   * How long a cluster is UPDATING after UpdateClusterConfig.
   * @default [30000, 120000]
   */
  readonly clusterUpdate: Delay;
  /**
   * How long a cluster is DELETING.
   * @default [120000, 300000]
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
  takesEffect: [1_000, 15_000],
  associable: [0, 5_000],
  clusterCreation: [480_000, 720_000],
  clusterUpdate: [30_000, 120_000],
  clusterDeletion: [120_000, 300_000],
  tokensHold: true,
  policiesMoveModifiedAt: false,
  inUseBeforeValidation: false,
};
