import type { Clock, Random } from '../../runtime.ts';
import type { LocalService } from '../call.ts';
import { authenticate, type Authentication } from './authenticate.ts';
import { defaultBehaviour, type EksBehaviour } from './behaviour.ts';
import { createEksState, type EksState } from './eks-state.ts';
import type { IamView, KeyHolders } from './iam-view.ts';

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
  return {
    service: { signingName: 'eks', operations: {} },
    state,
    authenticate: (clusterArn, accessKeyId) => authenticate(state, clusterArn, accessKeyId),
  };
}
