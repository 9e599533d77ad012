import { eksAccessEntries } from '../../aws/eks-access-entries.ts';
import { eksClusters } from '../../aws/eks-clusters.ts';
import { eksNodeGroups, type NodeGroups } from '../../aws/eks-node-groups.ts';
import type { AccessEntries, Clusters } from '../../core/ports.ts';
import { parsePrincipalArn, principalKey } from '../../core/principal.ts';
import { settingsFrom } from '../../core/settings.ts';
import type { Session } from '../session/session.ts';
import type { Findings } from './findings.ts';
import { openLedger, type ScanLedger } from './scan-ledger.ts';
import { readPrincipals, type ScanPrincipals } from './scan-principals.ts';

/** Which entries to look at, and by what memory. */
export interface ScanSelection {
  /** Names of clusters. @default all */
  readonly clusters?: readonly string[];
  /** The ARN of a role or user, or a role's name in the session's account. @default all */
  readonly principal?: string;
  /** The service's table. @default the one it has by default, if that can be read */
  readonly ledger?: string;
}

/** What a scan tells, and is told, while it runs. */
interface ScanRun {
  readonly findings: Findings;
  readonly scannedAt: string;
  /** Says that something was found. */
  readonly tell: () => void;
  readonly isCancelled: () => boolean;
}

/** All that a scan reads from. */
export interface ScanWorld extends ScanRun {
  readonly clusters: Clusters;
  readonly accessEntries: AccessEntries;
  readonly nodeGroups: NodeGroups;
  readonly principals: ScanPrincipals;
  readonly ledger: ScanLedger | undefined;
  readonly settleSeconds: number;
  /** Whether an entry of this principal was asked for. */
  readonly isWanted: (principalArn: string) => boolean;
}

/** Reads what is read once: the account's roles and users, and whether the service's memory is at hand. */
export async function openScanWorld(session: Session, selection: ScanSelection, run: ScanRun): Promise<ScanWorld> {
  const { clients, accountId, homeRegion, regions } = session;
  const { principal } = selection;
  const [ledger, principals] = await Promise.all([
    openLedger(session, selection.ledger),
    // Of one principal a single read tells more than all the pages.
    readPrincipals(session, { pages: principal === undefined }),
  ]);
  const { withoutPages } = principals;
  if (withoutPages !== undefined) {
    const reason = `${withoutPages}; each principal was read by itself instead`;
    run.findings.notEvaluated.push({ accountId, region: homeRegion, reason, isGap: false });
  }
  const isThere = 'tableName' in ledger;
  if (isThere) run.findings.ledger = ledger.tableName;
  run.findings.notes.push(
    isThere
      ? `judged with the service's records, table '${ledger.tableName}' in ${homeRegion}`
      : `judged without the service's records, so that no entry is unproven, orphaned or missing: ${ledger.unread}`,
  );
  return {
    ...run,
    clusters: eksClusters(clients),
    accessEntries: eksAccessEntries(clients),
    nodeGroups: eksNodeGroups(clients),
    principals,
    ledger: isThere ? ledger : undefined,
    settleSeconds: settingsFrom({ EKS_REBIND_REGIONS: regions.join(',') }).settleSeconds,
    isWanted: wanting(principal, accountId),
  };
}

/** Names are the same whatever their path and case: an entry that names the role by another path is worth seeing. */
function wanting(principal: string | undefined, accountId: string): (principalArn: string) => boolean {
  if (principal === undefined) return () => true;
  const named = parsePrincipalArn(principal);
  const key = named ? principalKey(named) : principalKey({ partition: '', accountId, kind: 'role', name: principal });
  return (principalArn) => {
    const one = parsePrincipalArn(principalArn);
    return principalArn === principal || (one !== undefined && principalKey(one) === key);
  };
}
