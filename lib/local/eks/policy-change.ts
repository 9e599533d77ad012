import type { AccessEntry, PolicyAssociation } from './access-entry.ts';
import type { EksState } from './eks-state.ts';

/** An entry with other policies. Whether EKS counts that as a change of the entry, no source says: `policiesMoveModifiedAt`. */
export function withPolicies(state: EksState, entry: AccessEntry, policies: readonly PolicyAssociation[]): AccessEntry {
  const modifiedAt = state.behaviour.policiesMoveModifiedAt ? state.clock.now() : entry.modifiedAt;
  return { ...entry, policies, modifiedAt };
}
