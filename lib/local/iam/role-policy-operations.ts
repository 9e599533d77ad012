import type { Operation } from '../call.ts';
import { attachRolePolicy } from './attach-role-policy.ts';
import { deleteRolePolicy } from './delete-role-policy.ts';
import { detachRolePolicy } from './detach-role-policy.ts';
import { listAttachedRolePolicies } from './list-attached-role-policies.ts';
import { listRolePolicies } from './list-role-policies.ts';
import { putRolePolicy } from './put-role-policy.ts';
import type { IamWorld } from './iam-world.ts';

/** Roles' policies, which stand in the way of a delete. What they allow isn't evaluated. */
export function rolePolicyOperations({ iam, random }: IamWorld): Record<string, Operation> {
  return {
    AttachRolePolicy: (input, call) => attachRolePolicy(input, iam, call),
    DeleteRolePolicy: (input, call) => deleteRolePolicy(input, iam, call),
    DetachRolePolicy: (input, call) => detachRolePolicy(input, iam, call),
    ListAttachedRolePolicies: (input, call) => listAttachedRolePolicies(input, iam, random, call),
    ListRolePolicies: (input, call) => listRolePolicies(input, iam, random, call),
    PutRolePolicy: (input, call) => putRolePolicy(input, iam, call),
  };
}
