import type { CreateUserResponse, Tag } from '@aws-sdk/client-iam';
import type { Random } from '../../runtime.ts';
import { AwsFault, type Call } from '../call.ts';
import type { IamState } from './iam-state.ts';
import { newPrincipal } from './new-principal.ts';
import { wholeUser } from './user-answer.ts';

interface Input {
  readonly UserName: string;
  readonly Path?: string;
  readonly PermissionsBoundary?: string;
  readonly Tags?: readonly Tag[];
}

/** Makes a user: a new id, even under a name that was used before. */
export function createUser(input: Input, state: IamState, random: Random, call: Call) {
  const given = { kind: 'user', name: input.UserName, path: input.Path, tags: input.Tags } as const;
  const user = newPrincipal({ ...given, permissionsBoundary: input.PermissionsBoundary }, random, call);
  if (state.find(user.accountId, 'user', user.name)) {
    throw new AwsFault('EntityAlreadyExistsException', `User with name ${user.name} already exists.`);
  }
  state.put(user);
  return { User: wholeUser(user) } satisfies CreateUserResponse;
}
