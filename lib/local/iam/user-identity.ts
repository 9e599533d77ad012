import type { Caller } from '../call.ts';
import type { Holder } from '../credentials.ts';

interface SessionContext {
  readonly sessionIssuer: Readonly<Record<'type' | 'principalId' | 'arn' | 'accountId' | 'userName', string>>;
  readonly attributes: { readonly creationDate: string; readonly mfaAuthenticated: 'false' };
}

/** Who made a call, as CloudTrail tells it (CloudTrail user guide, "userIdentity element"). */
export interface UserIdentity {
  readonly type: 'Root' | 'IAMUser' | 'AssumedRole';
  readonly principalId: string;
  readonly arn: string;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly userName?: string;
  readonly sessionContext?: SessionContext;
}

/** The caller's identity; a stranger's key is the root's of its account. */
export function userIdentity(caller: Caller, holder: Holder | undefined, now: number): UserIdentity {
  const { principalId, arn, accountId, accessKeyId } = caller;
  const common = { principalId, arn, accountId, accessKeyId };
  if (!holder || holder.kind === 'root') return { type: 'Root', ...common };
  if (holder.kind === 'user') return { type: 'IAMUser', ...common, userName: holder.name };
  const issuer = { type: 'Role', principalId: holder.uniqueId, arn: holder.arn, accountId, userName: holder.name };
  // When a session began isn't kept: a session of this moment has the same shape.
  const creationDate = `${new Date(now).toISOString().slice(0, 19)}Z`;
  const attributes = { creationDate, mfaAuthenticated: 'false' } as const;
  return { type: 'AssumedRole', ...common, sessionContext: { sessionIssuer: issuer, attributes } };
}
