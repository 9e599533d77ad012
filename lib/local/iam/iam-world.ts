import type { Random } from '../../runtime.ts';
import type { Credentials } from '../credentials.ts';
import type { IamState } from './iam-state.ts';

/** What the local IAM is made of. */
export interface IamWorld {
  /** For ids, and for where pages end. */
  readonly random: Random;
  readonly iam: IamState;
  readonly credentials: Credentials;
}
