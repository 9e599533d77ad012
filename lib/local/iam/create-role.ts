import type { CreateRoleResponse, Tag } from '@aws-sdk/client-iam';
import type { Random } from '../../runtime.ts';
import { AwsFault, type Call } from '../call.ts';
import { checkSessionDuration } from './entity-names.ts';
import type { IamState } from './iam-state.ts';
import { newPrincipal } from './new-principal.ts';
import { createdRole } from './role-answer.ts';
import { checkTrustPolicy } from './trust-policy-check.ts';

interface Input {
  readonly RoleName: string;
  readonly AssumeRolePolicyDocument: string;
  readonly Path?: string;
  readonly Description?: string;
  readonly MaxSessionDuration?: number;
  readonly PermissionsBoundary?: string;
  readonly Tags?: readonly Tag[];
}

/** Makes a role: a new id, even under a name that was used before. */
export function createRole(input: Input, state: IamState, random: Random, call: Call) {
  const { RoleName: name, AssumeRolePolicyDocument: trustPolicy, Description, MaxSessionDuration } = input;
  const given = { kind: 'role', name, path: input.Path, tags: input.Tags } as const;
  const role = newPrincipal({ ...given, permissionsBoundary: input.PermissionsBoundary }, random, call);
  checkSessionDuration(MaxSessionDuration);
  // Names compare whatever their case and path (IAM API reference, CreateRole).
  if (state.find(role.accountId, 'role', name)) {
    throw new AwsFault('EntityAlreadyExistsException', `Role with name ${name} already exists.`);
  }
  checkTrustPolicy(trustPolicy, (arn) => state.findByArn(arn));
  const created = {
    ...role,
    trustPolicy,
    ...(Description !== undefined && { description: Description }),
    ...(MaxSessionDuration !== undefined && { maxSessionDuration: MaxSessionDuration }),
  };
  state.put(created);
  return { Role: createdRole(created, state) } satisfies CreateRoleResponse;
}
