import { Token } from 'aws-cdk-lib';
import { checkProps } from './check-props.ts';
import type { EksRebindMemberProps } from './eks-rebind-member-props.ts';

/** Says which prop of a member is wrong, with the value given and the values wanted. */
export function checkMemberProps(props: EksRebindMemberProps, ownAccountId: string): void {
  const { hubAccountId, allowAdminEntries, ...ofHub } = props;
  checkProps(ofHub);
  if (!Token.isUnresolved(hubAccountId) && !/^\d{12}$/.test(hubAccountId)) {
    throw new Error(`hubAccountId is '${hubAccountId}', wanted an account id of 12 digits`);
  }
  if (hubAccountId === ownAccountId) {
    throw new Error(
      `hubAccountId is '${hubAccountId}', the member's own account; wanted the account that EksRebind runs in`,
    );
  }
  if (allowAdminEntries !== undefined && typeof allowAdminEntries !== 'boolean') {
    throw new Error(`allowAdminEntries is '${String(allowAdminEntries)}', wanted true or false`);
  }
}
