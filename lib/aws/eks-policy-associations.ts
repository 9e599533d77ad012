import { AssociateAccessPolicyCommand } from '@aws-sdk/client-eks';
import { EntryNotPropagated } from '../core/errors.ts';
import type { PolicyAssociations } from '../core/ports.ts';
import { cannotRecreate } from './cannot-recreate.ts';
import type { Clients } from './clients.ts';
import { isEntryNotFound } from './entry-not-found.ts';
import { inAwsWords, nameErrors } from './name-errors.ts';

/** IAM actions of the port `policyAssociations`. */
export const EKS_POLICY_ASSOCIATIONS_ACTIONS = ['eks:AssociateAccessPolicy'] as const;

/** Associates access policies in EKS. Sending it twice does no harm: an entry has a policy at most once. */
export function eksPolicyAssociations(clients: Clients): PolicyAssociations {
  return {
    associate: ({ clusterName, principalArn, ...place }, { policyArn, accessScope }) =>
      nameErrors('eks:AssociateAccessPolicy', async () => {
        const { type, namespaces } = accessScope;
        const scope = namespaces ? { type, namespaces: [...namespaces] } : { type };
        const command = new AssociateAccessPolicyCommand({ clusterName, principalArn, policyArn, accessScope: scope });
        try {
          await clients.eks(place).send(command);
        } catch (error) {
          if (isEntryNotFound(error)) {
            throw new EntryNotPropagated(`eks:AssociateAccessPolicy: ${inAwsWords(error)}`, { cause: error });
          }
          throw cannotRecreate('eks:AssociateAccessPolicy', error);
        }
      }),
  };
}
