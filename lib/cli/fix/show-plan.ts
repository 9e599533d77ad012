import { handsFor } from '../../core/admin-entry.ts';
import type { PlannedRebind } from '../../core/plan-fix.ts';
import type { EntryRef, Reason, Snapshot } from '../../core/shapes.ts';
import { differences } from '../../core/snapshot.ts';
import { policyText } from '../scan/entry-details.ts';

const GUARD = { rebind: 'rebinds', ask: 'asks you', refuse: 'refuses' } as const;

/** One planned entry in words: what is there, what will be there, and what the guard says to it. */
export function showPlanned(planned: PlannedRebind): string[] {
  const { entry, verdict, explanation, before, after, incarnation, trustPolicy, action, reasons, notes } = planned;
  const changes = before ? differences(before, after, { policies: true }) : [];
  return [
    nameOf(entry),
    ...labelled(verdict, [explanation]),
    ...labelled(
      'before',
      before ? [`${before.entryArn}, made at ${before.createdAt}`, ...configuration(before)] : ['none stands'],
    ),
    ...labelled('after', [
      `a new entry, bound to ${incarnation.principalId} of ${incarnation.createdAt}`,
      ...(before && changes.length === 0
        ? ['the same type, username, groups, tags and policies']
        : configuration(after)),
    ]),
    ...labelled('changes', changes),
    ...labelled('trusts', trustPolicy === undefined ? [] : [trustPolicy]),
    ...labelled('guard', [GUARD[action], ...reasons.map(inWords)]),
    ...labelled('admin', handsFor(after) === 'admins' ? ['it makes its holder an administrator of the cluster'] : []),
    ...labelled('note', notes.map(inWords)),
  ];
}

/** Which entry, in full. */
export const nameOf = ({ region, clusterName, principalArn }: EntryRef): string =>
  `${principalArn} in cluster ${clusterName} (${region})`;

/** `platform/eks-nodes`: enough to know it by. */
export const shortName = ({ clusterName, principalArn }: EntryRef): string =>
  `${clusterName}/${principalArn.slice(principalArn.lastIndexOf('/') + 1)}`;

const inWords = ({ rule, explanation }: Reason) => `${rule}: ${explanation}`;

const LABEL_WIDTH = 9;

function labelled(label: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `  ${(index === 0 ? label : '').padEnd(LABEL_WIDTH)}${line}`);
}

const listed = (what: string, items: readonly string[]) => (items.length > 0 ? [`${what}: ${items.join(', ')}`] : []);

function configuration({ type, username, kubernetesGroups = [], tags, policies }: Snapshot): string[] {
  return [
    `type ${type}${username === undefined ? '' : `, username ${username}`}`,
    ...listed('groups', kubernetesGroups),
    ...listed(
      'tags',
      Object.entries(tags).map(([key, value]) => `${key}=${value}`),
    ),
    ...listed('policies', policies.map(policyText)),
  ];
}
