import { settingsFrom, type Settings } from '../core/settings.ts';
import type { EksRebindProps } from './eks-rebind-props.ts';

/** The service's settings by the construct's props: what is not given has its default. */
export function settingsOfProps(props: EksRebindProps, stackRegion: string): Settings {
  // The region may be a token, which no schema takes; every other default is read as a function would read it.
  const defaults = settingsFrom({ EKS_REBIND_REGIONS: 'us-east-1' });
  return {
    regions: props.regions ?? [stackRegion],
    mode: props.mode ?? defaults.mode,
    adminEntries: props.adminEntries ?? defaults.adminEntries,
    settleSeconds: props.settleAge?.toSeconds() ?? defaults.settleSeconds,
    settleReads: props.settleReads ?? defaults.settleReads,
    optOutTag: props.optOutTag ?? defaults.optOutTag,
    optOut: props.optOut ?? defaults.optOut,
    trustedCreators: props.trustedCreators ?? defaults.trustedCreators,
    approvers: props.approvers ?? defaults.approvers,
    approvalSeconds: props.approvalTimeout?.toSeconds() ?? defaults.approvalSeconds,
    cap: props.cap ?? defaults.cap,
    breaker: props.circuitBreaker ?? defaults.breaker,
    orphans: props.orphans ?? defaults.orphans,
    graceSeconds: props.grace?.toSeconds() ?? defaults.graceSeconds,
    ownerGraceSeconds: props.ownerGrace?.toSeconds() ?? defaults.ownerGraceSeconds,
    memberAccounts: props.memberAccounts ?? defaults.memberAccounts,
    externalId: props.externalId ?? defaults.externalId,
  };
}
