export { EksRebind } from './infra/eks-rebind.ts';
export type { EksRebindProps } from './infra/eks-rebind-props.ts';
export { EksRebindMember } from './infra/eks-rebind-member.ts';
export type { EksRebindMemberProps } from './infra/eks-rebind-member-props.ts';
