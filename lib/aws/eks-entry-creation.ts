import { CreateAccessEntryCommand, InvalidParameterException, ResourceInUseException } from '@aws-sdk/client-eks';
import { PrincipalNotPropagated } from '../core/errors.ts';
import type { EntryCreation } from '../core/ports.ts';
import { cannotRecreate } from './cannot-recreate.ts';
import type { Clients } from './clients.ts';
import { member } from './member.ts';
import { inAwsWords, nameErrors } from './name-errors.ts';

/** IAM actions of the port `entryCreation`. EKS asks for PassRole with node types and for TagResource with tags (EKS user guide). */
export const EKS_ENTRY_CREATION_ACTIONS = ['eks:CreateAccessEntry', 'eks:TagResource', 'iam:PassRole'] as const;

/** Makes access entries in EKS. Sending it twice does no harm: the token makes it one request. */
export function eksEntryCreation(clients: Clients): EntryCreation {
  return {
    create: ({ clusterName, principalArn, ...place }, snapshot, clientRequestToken) =>
      nameErrors('eks:CreateAccessEntry', async () => {
        const command = new CreateAccessEntryCommand({
          clusterName,
          principalArn,
          type: snapshot.type,
          clientRequestToken,
          ...(snapshot.username === undefined ? {} : { username: snapshot.username }),
          ...(snapshot.kubernetesGroups === undefined ? {} : { kubernetesGroups: [...snapshot.kubernetesGroups] }),
          ...(Object.keys(snapshot.tags).length === 0 ? {} : { tags: { ...snapshot.tags } }),
        });
        try {
          const { accessEntry } = await clients.eks(place).send(command);
          return { entryArn: member(accessEntry?.accessEntryArn, 'accessEntry.accessEntryArn') };
        } catch (error) {
          // "The specified access entry resource is already in use on this cluster." (terraform-aws-eks#3293)
          if (error instanceof ResourceInUseException) return 'in-use';
          // "The specified principalArn is invalid: invalid principal.": IAM's lag, or a role that is truly gone (terraform-aws-eks#2969).
          if (error instanceof InvalidParameterException && error.message.includes('invalid principal')) {
            throw new PrincipalNotPropagated(`eks:CreateAccessEntry: ${inAwsWords(error)}`, { cause: error });
          }
          throw cannotRecreate('eks:CreateAccessEntry', error);
        }
      }),
  };
}
