import { eksAccessEntries } from '../../aws/eks-access-entries.ts';
import { eksClusters } from '../../aws/eks-clusters.ts';
import { eksEntryCreation } from '../../aws/eks-entry-creation.ts';
import { eksEntryDeletion } from '../../aws/eks-entry-deletion.ts';
import { eksPolicyAssociations } from '../../aws/eks-policy-associations.ts';
import { iamInstanceProfiles } from '../../aws/iam-instance-profiles.ts';
import { iamPrincipals } from '../../aws/iam-principals.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { Ports } from '../../core/ports.ts';
import { type Settings, settingsFrom } from '../../core/settings.ts';
import type { Session } from '../session/session.ts';

/** What a rebind on this machine reaches. */
export type LocalPorts = Omit<
  Ports,
  'ownAccount' | 'rebinds' | 'runningRebinds' | 'taskTokens' | 'allPrincipals' | 'heartbeat' | 'stackResponses'
>;

/**
 * The service's own defaults, with the person at the terminal as the one who approves. Nothing is left to an owner's tool for a
 * while: the person is told whose the entry is, and decides.
 */
function localSettings({ regions, callerArn }: Session): Settings {
  const defaults = settingsFrom({ EKS_REBIND_REGIONS: regions.join(',') });
  return { ...defaults, approvers: [callerArn], ownerGraceSeconds: 0 };
}

/** Ports of the person's own credentials. Nobody is told but the person: nothing here sends anything. */
export function localPorts(session: Session, ledger: Ledger): LocalPorts {
  const { clients } = session;
  return {
    settings: localSettings(session),
    ledger,
    clusters: eksClusters(clients),
    accessEntries: eksAccessEntries(clients),
    principals: iamPrincipals(clients),
    entryCreation: eksEntryCreation(clients),
    entryDeletion: eksEntryDeletion(clients),
    policyAssociations: eksPolicyAssociations(clients),
    instanceProfiles: iamInstanceProfiles(clients),
    announcements: { announce: async () => {} },
    notifications: { notify: async () => {} },
    answering: { url: '' },
    metrics: { record: () => {} },
  };
}
