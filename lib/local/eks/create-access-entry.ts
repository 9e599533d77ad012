import type { CreateAccessEntryRequest, CreateAccessEntryResponse } from '@aws-sdk/client-eks';
import type { Call } from '../call.ts';
import { AwsFault } from '../call.ts';
import { randomUuid } from '../seeded-random.ts';
import { type AccessEntry, entryAnswer } from './access-entry.ts';
import { defaultGroups, defaultUsername } from './access-entry-defaults.ts';
import { checkPrincipalForType, checkType } from './access-entry-types.ts';
import { madeByToken, rememberToken } from './client-token.ts';
import type { Cluster } from './cluster.ts';
import { drawDelay } from './delay.ts';
import type { EksState } from './eks-state.ts';
import { clusterWithEntries, entryRef } from './entry-named.ts';
import { changeablePrincipal, type PrincipalArn } from './principal-arn.ts';
import { checkTags } from './tag-rules.ts';
import { checkGroups, checkNothingSet, checkUsername } from './username-and-groups.ts';
import { entryArn } from './world.ts';

type Input = Omit<CreateAccessEntryRequest, 'clusterName' | 'principalArn'> & {
  clusterName: string;
  principalArn: string;
};

// EKS service quotas: access entries per cluster, not adjustable.
const MOST_ENTRIES = 3_000;

/**
 * Makes an entry, bound to the unique id that this region's EKS sees behind the ARN at this moment: an id of the past, if IAM's news has
 * not come yet. That parameters are checked before the cluster is looked up was measured (cdk-preflight, 2026-09); the order of the
 * rest is undocumented.
 */
export function createAccessEntry(input: Input, state: EksState, call: Call) {
  const { inUseBeforeValidation } = state.behaviour;
  if (inUseBeforeValidation) refuseIfInUse(state, clusterWithEntries(state, input.clusterName, call), input);
  const principal = checkParameters(input, call.caller.accountId);
  const cluster = clusterWithEntries(state, input.clusterName, call);
  const repeated = madeByToken(state, cluster, input);
  if (repeated) return { accessEntry: entryAnswer(repeated) } satisfies CreateAccessEntryResponse;
  const boundId = idSeenByEks(state, cluster, principal, input.principalArn);
  refuseIfInUse(state, cluster, input);
  if (state.entries(cluster).length >= MOST_ENTRIES) {
    // The text is not known.
    throw new AwsFault('ResourceLimitExceededException', `The limit of ${MOST_ENTRIES} access entries is reached`, {
      clusterName: cluster.name,
    });
  }
  const entry = newEntry(state, cluster, principal, input, boundId);
  state.putEntry(entry, 'CreateAccessEntry', call);
  rememberToken(state, cluster, input, entry);
  return { accessEntry: entryAnswer(entry) } satisfies CreateAccessEntryResponse;
}

function checkParameters(input: Input, accountId: string): PrincipalArn {
  const { type = 'STANDARD', username, kubernetesGroups = [], tags = {} } = input;
  const principal = changeablePrincipal(input.principalArn);
  checkType(type);
  checkPrincipalForType(type, principal, accountId);
  checkNothingSet(type, username, kubernetesGroups);
  if (username) checkUsername(username);
  checkGroups(kubernetesGroups);
  checkTags(tags, 'InvalidParameterException');
  return principal;
}

function refuseIfInUse(state: EksState, cluster: Cluster, input: Input): void {
  if (!state.entry(entryRef(cluster, input.principalArn))) return;
  if (madeByToken(state, cluster, input)) return;
  // Text: terraform-aws-eks#3293.
  throw new AwsFault(
    'ResourceInUseException',
    'The specified access entry resource is already in use on this cluster.',
    { clusterName: cluster.name },
  );
}

function idSeenByEks(state: EksState, cluster: Cluster, principal: PrincipalArn, arn: string): string {
  const { accountId, kind, name } = principal;
  const seen = state.iam.seenBy(`eks:${cluster.region}`, accountId, kind, name);
  if (seen?.arn === arn) return seen.uniqueId;
  // Text: terraform-aws-eks#2969. The same for a principal that isn't there, is not seen yet, or has another path or case.
  throw new AwsFault('InvalidParameterException', 'The specified principalArn is invalid: invalid principal.', {
    clusterName: cluster.name,
  });
}

function newEntry(state: EksState, cluster: Cluster, principal: PrincipalArn, input: Input, boundId: string) {
  const { type = 'STANDARD', principalArn, tags = {} } = input;
  const now = state.clock.now();
  const username = input.username || defaultUsername(type, principal);
  const kubernetesGroups = input.kubernetesGroups?.length ? [...input.kubernetesGroups] : defaultGroups(type);
  const { takesEffect, associable } = state.behaviour;
  return {
    ref: entryRef(cluster, principalArn),
    arn: entryArn(cluster, principalArn, randomUuid(state.random)),
    type,
    sequence: state.nextSequence(),
    boundId,
    createdAt: now,
    modifiedAt: now,
    associableFrom: now + drawDelay(associable, state.random),
    username,
    kubernetesGroups,
    tags: { ...tags },
    policies: [],
    mappings: [{ from: now + drawDelay(takesEffect, state.random), username, kubernetesGroups }],
  } satisfies AccessEntry;
}
