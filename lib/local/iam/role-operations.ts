import type { Operation } from '../call.ts';
import { createRole } from './create-role.ts';
import { deleteRole } from './delete-role.ts';
import { getRole } from './get-role.ts';
import { listRoleTags } from './list-role-tags.ts';
import { listRoles } from './list-roles.ts';
import { tagRole } from './tag-role.ts';
import { untagRole } from './untag-role.ts';
import { updateAssumeRolePolicy } from './update-assume-role-policy.ts';
import { updateRole } from './update-role.ts';
import type { IamWorld } from './iam-world.ts';

/** Roles, their trust policies and tags. */
export function roleOperations({ iam, random }: IamWorld): Record<string, Operation> {
  return {
    CreateRole: (input, call) => createRole(input, iam, random, call),
    DeleteRole: (input, call) => deleteRole(input, iam, call),
    GetRole: (input, call) => getRole(input, iam, call),
    ListRoleTags: (input, call) => listRoleTags(input, iam, random, call),
    ListRoles: (input, call) => listRoles(input, iam, random, call),
    TagRole: (input, call) => tagRole(input, iam, call),
    UntagRole: (input, call) => untagRole(input, iam, call),
    UpdateAssumeRolePolicy: (input, call) => updateAssumeRolePolicy(input, iam, call),
    UpdateRole: (input, call) => updateRole(input, iam, call),
  };
}
