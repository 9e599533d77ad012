import { because } from './end-rebind.ts';
import type { Cluster } from './ports.ts';
import type { Reason, Snapshot } from './shapes.ts';

/** What a person should know of a cluster that also reads `aws-auth`. */
export function modeNotes({ authenticationMode }: Cluster): Reason[] {
  if (authenticationMode !== 'API_AND_CONFIG_MAP') return [];
  const explanation =
    'the cluster also reads aws-auth: a row there may have let the principal in meanwhile; an entry that works comes before it';
  return [because('MixedMode', explanation, { authenticationMode })];
}

/** What a rebind can't give back: tags that only AWS writes. */
export function lostTagNotes({ lostTags }: Snapshot): Reason[] {
  const keys = Object.keys(lostTags);
  if (keys.length === 0) return [];
  const eksMinds = keys.some((key) => key.toLowerCase().startsWith('aws:eks:'))
    ? '; whether EKS minds the loss of its own aws:eks: tags is not known'
    : '';
  return [
    because('TagsLost', `nobody but AWS may write the tags ${keys.join(', ')}: they are lost${eksMinds}`, { lostTags }),
  ];
}
