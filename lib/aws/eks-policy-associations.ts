import { AssociateAccessPolicyCommand } from '@aws-sdk/client-eks';
import type { PolicyAssociations } from '../core/ports.ts';
import { cannotRecreate } from './cannot-recreate.ts';
import type { Clients } from './clients.ts';
import { nameErrors } from './name-errors.ts';

/** IAM actions of the port `policyAssociations`. */
export const EKS_POLICY_ASSOCIATIONS_ACTIONS = ['eks:AssociateAccessPolicy'] as const;

/** Associates access policies in EKS. Sending it twice does no harm: an entry has a policy at most once. */
export function eksPolicyAssociations(clients: Clients): PolicyAssociations {
  return {
    associate: ({ region, clusterName, principalArn }, { policyArn, accessScope }) =>
      nameErrors('eks:AssociateAccessPolicy', async () => {
        const { type, namespaces } = accessScope;
        const scope = namespaces ? { type, namespaces: [...namespaces] } : { type };
        const command = new AssociateAccessPolicyCommand({ clusterName, principalArn, policyArn, accessScope: scope });
        try {
          await clients.eks(region).send(command);
        } catch (error) {
          throw cannotRecreate('eks:AssociateAccessPolicy', error);
        }
      }),
  };
}
