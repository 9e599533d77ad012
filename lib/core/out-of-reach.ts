import { MemberAccessDenied, PrincipalOfOtherAccount } from './errors.ts';

/** Whether a principal could not be read because of the account that it is in, and won't be the next time either. */
export const isOutOfReach = (error: unknown): boolean =>
  error instanceof PrincipalOfOtherAccount || error instanceof MemberAccessDenied;
