import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EksRebindMember } from './eks-rebind-member.ts';
import type { EksRebindMemberProps } from './eks-rebind-member-props.ts';

/** How a member's stack is set: as the construct is, and as any stack. */
export interface MemberStackProps extends StackProps, EksRebindMemberProps {}

/** A member account's part of the service as a stack of its own. */
export class MemberStack extends Stack {
  readonly member: EksRebindMember;

  constructor(scope: Construct, id: string, props: MemberStackProps) {
    super(scope, id, { analyticsReporting: false, ...props });
    this.member = new EksRebindMember(this, 'EksRebindMember', props);
  }
}
