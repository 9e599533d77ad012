import { DeleteAccessEntryCommand, ResourceNotFoundException } from '@aws-sdk/client-eks';
import type { EntryDeletion } from '../core/ports.ts';
import type { Clients } from './clients.ts';
import { isThrottle, isUnavailable, nameErrors } from './name-errors.ts';

/** IAM actions of the port `entryDeletion`. */
export const EKS_ENTRY_DELETION_ACTIONS = ['eks:DeleteAccessEntry'] as const;

/** Deletes access entries in EKS. Sent once: a second one could hit the entry that its owner has made meanwhile. */
export function eksEntryDeletion(clients: Clients): EntryDeletion {
  return {
    delete: ({ clusterName, principalArn, ...place }) =>
      nameErrors('eks:DeleteAccessEntry', async () => {
        try {
          await clients.eksOnce(place).send(new DeleteAccessEntryCommand({ clusterName, principalArn }));
          return 'deleted';
        } catch (error) {
          // No entry, or no cluster: either way it is gone.
          if (error instanceof ResourceNotFoundException) return 'already-gone';
          // A throttled call was turned away at the door; after any other server error it may have been done.
          if (isUnavailable(error) && !isThrottle(error)) return 'unclear';
          throw error;
        }
      }),
  };
}
