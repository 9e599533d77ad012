import type { Operation } from '../call.ts';
import { addRoleToInstanceProfile } from './add-role-to-instance-profile.ts';
import { createInstanceProfile } from './create-instance-profile.ts';
import { deleteInstanceProfile } from './delete-instance-profile.ts';
import { getInstanceProfile } from './get-instance-profile.ts';
import { listInstanceProfilesForRole } from './list-instance-profiles-for-role.ts';
import { removeRoleFromInstanceProfile } from './remove-role-from-instance-profile.ts';
import type { IamWorld } from './iam-world.ts';

/** Instance profiles, which hold roles for EC2. */
export function instanceProfileOperations({ iam, random }: IamWorld): Record<string, Operation> {
  return {
    AddRoleToInstanceProfile: (input, call) => addRoleToInstanceProfile(input, iam, call),
    CreateInstanceProfile: (input, call) => createInstanceProfile(input, iam, random, call),
    DeleteInstanceProfile: (input, call) => deleteInstanceProfile(input, iam, call),
    GetInstanceProfile: (input, call) => getInstanceProfile(input, iam, call),
    ListInstanceProfilesForRole: (input, call) => listInstanceProfilesForRole(input, iam, random, call),
    RemoveRoleFromInstanceProfile: (input, call) => removeRoleFromInstanceProfile(input, iam, call),
  };
}
