import { isNodeType } from '../../core/entry-types.ts';
import { reasonOf } from '../../core/search-cluster.ts';
import type { EntryRef, PolicyAssociation } from '../../core/shapes.ts';
import type { ClusterRef } from './scan-cluster.ts';
import type { ScanWorld } from './scan-world.ts';

/** Reads what whoever has to do something about an entry wants to know. What can't be read is told, and left out. */
export interface EntryDetails {
  /** Names of the managed node groups that use the principal; none where no nodes join by such an entry. */
  nodeGroupsOf(principalArn: string, type: string): Promise<readonly string[]>;
  policiesOf(ref: EntryRef): Promise<{ readonly policies?: readonly string[] }>;
}

/** A policy with its scope, as people read it. */
export function policyText({ policyArn, accessScope: { type, namespaces = [] } }: PolicyAssociation): string {
  const scope = type === 'cluster' ? 'cluster' : `namespaces ${namespaces.join(', ')}`;
  return `${policyArn.slice(policyArn.lastIndexOf('/') + 1)} (${scope})`;
}

/** Details of a cluster's entries; its node groups are read once, when first asked for. */
export function entryDetails(where: ClusterRef, { accessEntries, nodeGroups, findings }: ScanWorld): EntryDetails {
  async function orTell<T>(what: string, read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      // The verdict stands without them: no gap in what was judged.
      findings.notEvaluated.push({ ...where, reason: `${what}: ${reasonOf(error)}`, isGap: false });
      return undefined;
    }
  }
  let groups: Promise<ReadonlyMap<string, readonly string[]> | undefined> | undefined;
  return {
    async nodeGroupsOf(principalArn, type) {
      if (!isNodeType(type)) return [];
      groups ??= orTell('node groups', () => nodeGroups.byRole(where, where.clusterName));
      return (await groups)?.get(principalArn) ?? [];
    },
    async policiesOf(ref) {
      const policies = await orTell(`policies of ${ref.principalArn}`, () => accessEntries.policies(ref));
      return policies ? { policies: policies.map(policyText) } : {};
    },
  };
}
