export type { EksRebindProps } from './infra/eks-rebind-props.ts';
