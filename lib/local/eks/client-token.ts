import { AwsFault } from '../call.ts';
import type { AccessEntry } from './access-entry.ts';
import type { Cluster } from './cluster.ts';
import type { EksState } from './eks-state.ts';
import { entryRef } from './entry-named.ts';

interface Input {
  readonly principalArn: string;
  readonly clientRequestToken?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

const tokenKey = ({ arn }: Cluster, token: string) => `${arn} ${token}`;

const inOrder = (parts: object) => Object.entries(parts).toSorted(([one], [other]) => (one < other ? -1 : 1));

const parametersOf = (input: Input) =>
  JSON.stringify(inOrder({ ...input, tags: inOrder(input.tags ?? {}), clientRequestToken: undefined }));

/** The entry that this very call made before, as its token tells; EKS's answer to a token with other parameters is not known. */
export function madeByToken(state: EksState, cluster: Cluster, input: Input): AccessEntry | undefined {
  const token = input.clientRequestToken;
  if (!state.behaviour.tokensHold || !token) return undefined;
  const use = state.tokens.get(tokenKey(cluster, token));
  if (!use) return undefined;
  if (use.parameters !== parametersOf(input)) {
    throw new AwsFault('InvalidParameterException', 'The clientRequestToken was used before with other parameters', {
      clusterName: cluster.name,
    });
  }
  const entry = state.entry(entryRef(cluster, input.principalArn));
  // An entry deleted since is made anew: a token speaks of the entry it made, and that one is gone.
  return entry?.arn === use.entryArn ? entry : undefined;
}

/** Keeps what a token made. */
export function rememberToken(state: EksState, cluster: Cluster, input: Input, entry: AccessEntry): void {
  if (!input.clientRequestToken) return;
  const use = { parameters: parametersOf(input), entryArn: entry.arn };
  state.tokens.set(tokenKey(cluster, input.clientRequestToken), use);
}
