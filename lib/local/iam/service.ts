import type { LocalService } from '../call.ts';
import type { Random } from '../../runtime.ts';
import type { Credentials } from '../credentials.ts';
import type { IamState } from './iam-state.ts';

/** What the local IAM is made of. */
export interface IamOptions {
  readonly random: Random;
  readonly iam: IamState;
  readonly credentials: Credentials;
}

/** IAM over its state. */
export function createIam(_options: IamOptions): { service: LocalService } {
  return { service: { signingName: 'iam', operations: {} } };
}
