import type { User } from '@aws-sdk/client-iam';
import { boundaryAnswer } from './boundary-answer.ts';
import { tagList } from './entity-tags.ts';
import type { IamPrincipal } from './iam-state.ts';

/** A user as ListUsers answers it: without tags and boundary (IAM API reference, ListUsers). */
export function listedUser(user: IamPrincipal) {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.uniqueId,
    Arn: user.arn,
    CreateDate: new Date(user.createDate),
  } satisfies User;
}

/** A user as CreateUser and GetUser answer it. */
export function wholeUser(user: IamPrincipal) {
  const tags = tagList(user.tags);
  return {
    ...listedUser(user),
    ...boundaryAnswer(user.permissionsBoundary),
    ...(tags.length && { Tags: tags }),
  } satisfies User;
}
