import { eksAccessEntries } from '../../aws/eks-access-entries.ts';
import { eksClusters } from '../../aws/eks-clusters.ts';
import { iamInstanceProfiles } from '../../aws/iam-instance-profiles.ts';
import { iamPrincipals } from '../../aws/iam-principals.ts';
import { isNodeType } from '../../core/entry-types.ts';
import type { LedgerRecord } from '../../core/ledger.ts';
import { modeNotes } from '../../core/outcome-notes.ts';
import type { PrincipalReading } from '../../core/ports.ts';
import { ownerNotes } from '../../core/prevention.ts';
import { parsePrincipalArn } from '../../core/principal.ts';
import { reasonOf } from '../../core/search-cluster.ts';
import { takeSnapshot } from '../../core/snapshot.ts';
import { fingerprintTrust } from '../../core/trust-fingerprint.ts';
import { policyText } from '../scan/entry-details.ts';
import type { ScannedEntry } from '../scan/scan-result.ts';
import { openLedger } from '../scan/scan-ledger.ts';
import type { Session } from '../session/session.ts';
import type { Evidence } from './explanation.ts';

/** Evidence, and what belongs beside it. */
interface Gathered {
  readonly evidence: Evidence;
  readonly notes: readonly string[];
}

/** Reads all that a verdict on an entry stands on. What can't be read is said, and holds up nothing. */
export async function gatherEvidence(session: Session, scanned: ScannedEntry): Promise<Gathered> {
  const { clients, accountId } = session;
  const { verdict, principalArn, clusterName, type, nodeGroups, principalCreatedAt, principalId } = scanned;
  const notes: string[] = [];
  const orNote = async <T>(what: string, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      notes.push(`${what} could not be read: ${reasonOf(error)}`);
      return undefined;
    }
  };
  const named = parsePrincipalArn(principalArn);
  const isReadable = named?.accountId === accountId;
  const entries = eksAccessEntries(clients);
  const cluster = await orNote('the cluster', () => eksClusters(clients).describe(scanned, clusterName));
  const entry = await orNote('the entry', () => entries.describe(scanned));
  const policies = entry && (await orNote('its policies', () => entries.policies(scanned)));
  const reading = isReadable ? await orNote('its principal', () => iamPrincipals(clients).read(named)) : undefined;
  const profiles =
    isReadable && named.kind === 'role' && isNodeType(type)
      ? await orNote('its instance profiles', () => iamInstanceProfiles(clients).holding(named))
      : undefined;
  const reasons = [
    ...(cluster ? modeNotes(cluster) : []),
    ...(entry && reading ? ownerNotes(takeSnapshot(entry, policies ?? []), reading) : []),
  ];
  const owner = reasons.find(({ rule }) => rule === 'Owner')?.explanation;
  if (profiles?.length === 0 && ['EC2_LINUX', 'EC2_WINDOWS'].includes(type)) notes.push(WITHOUT_PROFILE);
  // How to prevent it is for an entry that it happened to.
  const elsewhere = verdict === 'healthy' ? ['Owner', 'Prevention'] : ['Owner'];
  notes.push(...reasons.filter(({ rule }) => !elsewhere.includes(rule)).map(({ explanation }) => explanation));
  return {
    evidence: {
      ...(verdict !== 'missing' && { entryArn: scanned.entryArn, entryCreatedAt: scanned.entryCreatedAt }),
      ...(principalCreatedAt !== undefined && { principalCreatedAt }),
      ...(principalId !== undefined && { principalId }),
      ...(cluster && { authenticationMode: cluster.authenticationMode }),
      ...(await trustOf(session, scanned, reading)),
      ...(profiles && { instanceProfiles: profiles }),
      nodeGroups,
      ...(policies ? { policies: policies.map(policyText) } : scanned.policies && { policies: scanned.policies }),
      ...(owner !== undefined && { owner }),
    },
    notes,
  };
}

const WITHOUT_PROFILE =
  "no instance profile holds this role: new nodes can't use it. Put it back with aws iam add-role-to-instance-profile; of a " +
  'managed node group EKS owns the profile: update or recreate the node group';

const notKnown = (why: string) => ({ trustPolicy: 'not known', trustPolicyWhy: why }) as const;

/** Compares the trust policy with the one that the service recorded. */
async function trustOf(
  session: Session,
  { accountId, region, clusterName, principalArn }: ScannedEntry,
  reading: PrincipalReading | undefined,
): Promise<Pick<Evidence, 'trustPolicy' | 'trustPolicyWhy'>> {
  if (!reading) return notKnown('there is no principal to read it from');
  try {
    const ledger = await openLedger(session, undefined);
    if ('unread' in ledger) return notKnown(`only the service's records tell how it was: ${ledger.unread}`);
    const records = await ledger.ofCluster({ accountId, region, clusterName });
    const record: LedgerRecord | undefined = records.find((one) => one.entry.principalArn === principalArn);
    if (record?.boundFingerprint === undefined) return notKnown('the service has no record of how it was');
    const trust = await fingerprintTrust(reading.trustPolicy, iamPrincipals(session.clients));
    if ('unreadable' in trust) return notKnown(trust.unreadable);
    return { trustPolicy: trust.fingerprint === record.boundFingerprint ? 'unchanged' : 'changed' };
  } catch (error) {
    return notKnown(reasonOf(error));
  }
}
