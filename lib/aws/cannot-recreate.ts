import { CannotRecreate, EntryNotPropagated, PrincipalNotPropagated } from '../core/errors.ts';
import { isEntryNotFound } from './entry-not-found.ts';
import { inAwsWords } from './name-errors.ts';

// What EKS refuses for good: asking again with the same input gets the same answer (EKS API reference, CreateAccessEntry and
// AssociateAccessPolicy). A missing iam:PassRole is an AccessDeniedException too.
const REFUSALS = new Set([
  'InvalidParameterException',
  'InvalidRequestException',
  'ResourceLimitExceededException',
  'ResourceNotFoundException',
  'AccessDeniedException',
]);

/** The name of ours for what EKS answered to a create or an associate; what has none is handed back untouched. */
export function cannotRecreate(action: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const told = `${action}: ${inAwsWords(error)}`;
  // "The specified principalArn is invalid: invalid principal." is IAM's lag, and a role that is truly gone (terraform-aws-eks#2969).
  if (error.name === 'InvalidParameterException' && error.message.includes('invalid principal')) {
    return new PrincipalNotPropagated(told, { cause: error });
  }
  if (isEntryNotFound(error)) return new EntryNotPropagated(told, { cause: error });
  return REFUSALS.has(error.name) ? new CannotRecreate(told, { cause: error }) : error;
}
