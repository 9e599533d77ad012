import type { Tag } from '@aws-sdk/client-iam';
import type { Random } from '../../runtime.ts';
import type { Call } from '../call.ts';
import { checkName, checkPath } from './entity-names.ts';
import { withTags } from './entity-tags.ts';
import type { IamPrincipal, PrincipalKind } from './iam-state.ts';
import { uniqueId } from './unique-id.ts';

interface Given {
  readonly kind: PrincipalKind;
  readonly name: string;
  readonly path: string | undefined;
  readonly tags: readonly Tag[] | undefined;
  readonly permissionsBoundary: string | undefined;
}

/** A role or user about to be made, with an id that no other has had. Dates are whole seconds, as in every answer of IAM's. */
export function newPrincipal({ kind, name, tags, ...given }: Given, random: Random, call: Call): IamPrincipal {
  const { partition, accountId } = call.caller;
  const path = given.path ?? '/';
  checkName(name, kind === 'role' ? 'roleName' : 'userName');
  checkPath(path);
  return {
    kind,
    partition,
    accountId,
    name,
    path,
    arn: `arn:${partition}:iam::${accountId}:${kind}${path}${name}`,
    uniqueId: uniqueId(kind === 'role' ? 'AROA' : 'AIDA', random),
    createDate: Math.floor(call.now / 1000) * 1000,
    tags: withTags({}, tags, kind === 'role' ? 'TagsPerRole' : 'TagsPerUser'),
    ...(given.permissionsBoundary !== undefined && { permissionsBoundary: given.permissionsBoundary }),
  };
}
