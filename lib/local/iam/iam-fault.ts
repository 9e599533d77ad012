import { AwsFault } from '../call.ts';

/** What IAM says of a role that isn't there (terraform-provider-aws matches the code, people see the text). */
export const noSuchRole = (name: string): AwsFault =>
  new AwsFault('NoSuchEntityException', `The role with name ${name} cannot be found.`);

/** What IAM says of a user that isn't there. */
export const noSuchUser = (name: string): AwsFault =>
  new AwsFault('NoSuchEntityException', `The user with name ${name} cannot be found.`);

/** What IAM says of an instance profile that isn't there (terraform-provider-aws#19571). */
export const noSuchProfile = (name: string): AwsFault =>
  new AwsFault('NoSuchEntityException', `Instance Profile ${name} cannot be found.`);

/** What IAM says of a constraint that one value breaks: `Value at 'roleName' failed to satisfy constraint: …`. */
export const breaksConstraint = (value: string, member: string, constraint: string): AwsFault =>
  new AwsFault(
    'ValidationError',
    `1 validation error detected: ${value} at '${member}' failed to satisfy constraint: ${constraint}`,
  );

/** Why an entity can't be deleted yet (all texts: eksctl, moto and many public logs). */
export const deleteConflict = (first: string): AwsFault =>
  new AwsFault('DeleteConflictException', `Cannot delete entity, must ${first} first.`);
