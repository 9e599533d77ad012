import { CannotRecreate } from '../core/errors.ts';
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

/** `CannotRecreate` with AWS's text for what EKS refuses for good; what is none of that is handed back untouched. */
export function cannotRecreate(action: string, error: unknown): unknown {
  if (!(error instanceof Error) || !REFUSALS.has(error.name)) return error;
  return new CannotRecreate(`${action}: ${inAwsWords(error)}`, { cause: error });
}
