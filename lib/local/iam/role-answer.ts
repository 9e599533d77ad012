import type { Role } from '@aws-sdk/client-iam';
import { boundaryAnswer } from './boundary-answer.ts';
import { tagList } from './entity-tags.ts';
import type { IamPrincipal, IamState } from './iam-state.ts';
import { shownTrustPolicy } from './trust-policy.ts';

/** What every answer tells of a role. */
export function bareRole(role: IamPrincipal, state: IamState) {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.uniqueId,
    Arn: role.arn,
    CreateDate: new Date(role.createDate),
    // "URL-encoded JSON compliant with RFC 3986" (IAM API reference, Role).
    AssumeRolePolicyDocument: rfc3986(shownTrustPolicy(role, (arn) => state.findByArn(arn))),
  } satisfies Role;
}

function rfc3986(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** A role as CreateRole answers it: what was set, and no defaults. */
export function createdRole(role: IamPrincipal, state: IamState) {
  const tags = tagList(role.tags);
  return { ...bareRole(role, state), ...boundaryAnswer(role.permissionsBoundary), ...(tags.length && { Tags: tags }) };
}

/** A role as ListRoles answers it: "This operation does not return … PermissionsBoundary, RoleLastUsed, Tags". */
export function listedRole(role: IamPrincipal, state: IamState) {
  const description = role.description === undefined ? {} : { Description: role.description };
  return {
    ...bareRole(role, state),
    ...description,
    MaxSessionDuration: role.maxSessionDuration ?? 3600,
  } satisfies Role;
}

/** A role as GetRole answers it: everything. */
export function wholeRole(role: IamPrincipal, state: IamState) {
  const tags = tagList(role.tags);
  const whole = { ...listedRole(role, state), ...boundaryAnswer(role.permissionsBoundary), RoleLastUsed: {} };
  return { ...whole, ...(tags.length && { Tags: tags }) } satisfies Role;
}
