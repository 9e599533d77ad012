import type { UpdateAccessEntryRequest, UpdateAccessEntryResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import { type AccessEntry, entryAnswer } from './access-entry.ts';
import { onlyStandard } from './access-entry-types.ts';
import { drawDelay } from './delay.ts';
import type { EksState } from './eks-state.ts';
import { entryNamed } from './entry-named.ts';
import { changeablePrincipal } from './principal-arn.ts';
import { checkGroups, checkUsername } from './username-and-groups.ts';

type Input = UpdateAccessEntryRequest & { clusterName: string; principalArn: string };

/**
 * Replaces an entry's username and groups; what it is bound to stays. A node's echoed username is refused for its prefix
 * (terraform-aws-eks-blueprints#2004), so parameters are checked before the entry's type.
 */
export function updateAccessEntry(input: Input, state: EksState, call: Call) {
  changeablePrincipal(input.principalArn);
  if (input.username) checkUsername(input.username);
  checkGroups(input.kubernetesGroups ?? []);
  const entry = entryNamed(state, input.clusterName, input.principalArn, call);
  if (entry.type !== 'STANDARD') throw onlyStandard();
  const now = state.clock.now();
  const username = input.username || entry.username;
  const kubernetesGroups = input.kubernetesGroups ? [...input.kubernetesGroups] : entry.kubernetesGroups;
  const from = now + drawDelay(state.behaviour.takesEffect, state.random);
  const updated: AccessEntry = {
    ...entry,
    username,
    kubernetesGroups,
    modifiedAt: now,
    mappings: [...entry.mappings.filter((mapping) => mapping.from < from), { from, username, kubernetesGroups }],
  };
  state.putEntry(updated, 'UpdateAccessEntry', call);
  return { accessEntry: entryAnswer(updated) } satisfies UpdateAccessEntryResponse;
}
