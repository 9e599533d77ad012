import { DEFAULT_NAME_PREFIX } from '../../lib/infra/eks-rebind-props.ts';

/** The name of a step's function, as it is deployed. */
export const functionOf = (stepName: string): string => `${DEFAULT_NAME_PREFIX}${stepName}`;
