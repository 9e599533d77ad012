import type { Operation } from '../call.ts';
import { createAccessKey } from './create-access-key.ts';
import { createUser } from './create-user.ts';
import { deleteAccessKey } from './delete-access-key.ts';
import { deleteUser } from './delete-user.ts';
import { getUser } from './get-user.ts';
import { listUserTags } from './list-user-tags.ts';
import { listUsers } from './list-users.ts';
import { tagUser } from './tag-user.ts';
import { untagUser } from './untag-user.ts';
import type { IamWorld } from './iam-world.ts';

/** Users, their tags and keys. */
export function userOperations({ iam, random, credentials }: IamWorld): Record<string, Operation> {
  return {
    CreateAccessKey: (input, call) => createAccessKey(input, iam, credentials, call),
    CreateUser: (input, call) => createUser(input, iam, random, call),
    DeleteAccessKey: (input, call) => deleteAccessKey(input, iam, credentials, call),
    DeleteUser: (input, call) => deleteUser(input, iam, call),
    GetUser: (input, call) => getUser(input, iam, call),
    ListUserTags: (input, call) => listUserTags(input, iam, random, call),
    ListUsers: (input, call) => listUsers(input, iam, random, call),
    TagUser: (input, call) => tagUser(input, iam, call),
    UntagUser: (input, call) => untagUser(input, iam, call),
  };
}
