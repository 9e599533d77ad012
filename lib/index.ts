export { EksRebind } from './infra/eks-rebind.ts';
export type { EksRebindProps } from './infra/eks-rebind-props.ts';
