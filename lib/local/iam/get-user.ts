import type { GetUserResponse } from '@aws-sdk/client-iam';
import { AwsFault, type Call } from '../call.ts';
import type { IamState } from './iam-state.ts';
import { seen } from './named-entity.ts';
import { wholeUser } from './user-answer.ts';

/** A user; without a name, the one who calls. */
export function getUser(input: { UserName?: string }, state: IamState, call: Call) {
  const self = /:user\/(?:.*\/)?([^/]+)$/.exec(call.caller.arn)?.[1];
  const name = input.UserName ?? self;
  if (name === undefined) {
    // What an assumed role hears (IAM API reference, GetUser: the name "defaults to the user making this request").
    throw new AwsFault('ValidationError', 'Must specify userName when calling with non-User credentials');
  }
  return { User: wholeUser(seen('user', name, state, call)) } satisfies GetUserResponse;
}
