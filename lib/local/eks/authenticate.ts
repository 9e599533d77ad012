import type { AccessEntry } from './access-entry.ts';
import type { Cluster } from './cluster.ts';
import type { EksState } from './eks-state.ts';
import { fillTemplate } from './username-template.ts';
import type { KeyHolder } from './iam-view.ts';

/** Why a cluster answers 401. AWS says `Unauthorized` and no more; the authenticator's log says little else. */
type UnauthorizedReason =
  | 'no such cluster'
  | 'no such key'
  | 'the holder of the key was deleted'
  | 'the entry is bound to another id'
  | 'the entry is not in effect yet'
  | 'identity is not mapped';

/** What a cluster's authenticator answers. */
export type Authentication =
  | {
      readonly status: 200;
      readonly username: string;
      readonly groups: readonly string[];
      readonly policies: AccessEntry['policies'];
    }
  | { readonly status: 401; readonly reason: UnauthorizedReason };

const unauthorized = (reason: UnauthorizedReason): Authentication => ({ status: 401, reason });

/**
 * The oracle: who a key's holder is in a cluster. An access entry answers only the unique id that it was bound to, whatever the
 * name and ARN (EKS API reference, AccessEntry.principalArn). Where no entry answers, `aws-auth` is asked in its turn, as
 * aws-iam-authenticator does (pkg/server/server.go, doMapping); that EKS's own does the same is inferred.
 */
export function authenticate(state: EksState, clusterArn: string, accessKeyId: string): Authentication {
  const cluster = state.clusters().find(({ arn }) => arn === clusterArn);
  if (!cluster) return unauthorized('no such cluster');
  const holder = state.credentials.holderOf(accessKeyId);
  if (!holder) return unauthorized('no such key');
  if (!isAlive(state, holder)) return unauthorized('the holder of the key was deleted');
  const byEntry = cluster.authenticationMode === 'CONFIG_MAP' ? undefined : askEntries(state, cluster, holder);
  if (byEntry?.status === 200) return byEntry;
  const byRow = cluster.authenticationMode === 'API' ? undefined : askAwsAuth(cluster, holder);
  return byRow ?? byEntry ?? unauthorized('identity is not mapped');
}

function isAlive(state: EksState, holder: KeyHolder): boolean {
  if (holder.kind === 'root') return true;
  return state.iam.find(holder.accountId, holder.kind, holder.name)?.uniqueId === holder.uniqueId;
}

function askEntries(state: EksState, cluster: Cluster, holder: KeyHolder): Authentication | undefined {
  const ref = { accountId: cluster.accountId, region: cluster.region, clusterName: cluster.name };
  const entry = state.entries(cluster).find(({ boundId }) => boundId === holder.uniqueId);
  if (!entry) {
    const named = state.entry({ ...ref, principalArn: holder.arn });
    return named && unauthorized('the entry is bound to another id');
  }
  // aws-iam-authenticator compares the ARN too (pkg/mapper/dynamicfile, ErrIDAndARNMismatch).
  if (entry.ref.principalArn !== holder.arn) return unauthorized('the entry is bound to another id');
  const mapping = entry.mappings.findLast(({ from }) => from <= state.clock.now());
  if (!mapping) return unauthorized('the entry is not in effect yet');
  return {
    status: 200,
    username: fillTemplate(mapping.username, holder),
    groups: mapping.kubernetesGroups.map((group) => fillTemplate(group, holder)),
    policies: entry.policies,
  };
}

function askAwsAuth(cluster: Cluster, holder: KeyHolder): Authentication | undefined {
  const { partition } = cluster;
  // A session's role is known by name only: its path is not in the session's ARN (EKS user guide, auth-configmap).
  const arn = holder.kind === 'role' ? `arn:${partition}:iam::${holder.accountId}:role/${holder.name}` : holder.arn;
  const row = cluster.awsAuth.find((candidate) => candidate.arn.toLowerCase() === arn.toLowerCase());
  if (!row) return undefined;
  return {
    status: 200,
    username: fillTemplate(row.username, holder),
    groups: row.groups.map((group) => fillTemplate(group, holder)),
    policies: [],
  };
}
