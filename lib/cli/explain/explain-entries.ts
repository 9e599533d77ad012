import { eksClusters } from '../../aws/eks-clusters.ts';
import { iamPrincipals } from '../../aws/iam-principals.ts';
import { parsePrincipalArn } from '../../core/principal.ts';
import { reasonOf } from '../../core/search-cluster.ts';
import { scanAll } from '../scan/scan-all.ts';
import type { NotEvaluated } from '../scan/scan-result.ts';
import type { Session } from '../session/session.ts';
import type { Evidence, Explanation } from './explanation.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { handChecks } from './hand-checks.ts';
import { whatToDo } from './what-to-do.ts';

/** Explanations of a principal's entries, and what could not be looked at. */
export interface Explained {
  readonly explanations: readonly Explanation[];
  readonly notEvaluated: readonly NotEvaluated[];
}

const CLUSTERS_AT_ONCE = 8;

/** Explains every entry that names the principal, in one cluster or all; where a cluster has none, that is explained, too. */
export async function explainEntries(
  session: Session,
  { clusterName, principalArn }: { readonly clusterName: string | undefined; readonly principalArn: string },
): Promise<Explained> {
  const selection = { ...(clusterName !== undefined && { clusters: [clusterName] }), principal: principalArn };
  const { entries, notEvaluated } = await scanAll(session, { ...selection, concurrency: CLUSTERS_AT_ONCE });
  const explanations: Explanation[] = [];
  for (const scanned of entries) {
    const { accountId, region, verdict, explanation, type } = scanned;
    const ref = { accountId, region, clusterName: scanned.clusterName, principalArn: scanned.principalArn };
    const { evidence, notes } = await gatherEvidence(session, scanned);
    explanations.push({
      ...ref,
      verdict,
      explanation,
      type,
      evidence,
      notes,
      whatToDo: whatToDo(verdict, ref),
      checkByHand: handChecks(ref, type, session.homeRegion),
    });
  }
  if (clusterName !== undefined && entries.length === 0) {
    explanations.push(...(await withoutEntry(session, clusterName, principalArn, notEvaluated)));
  }
  return { explanations, notEvaluated };
}

/** What to say of a cluster without such an entry, unless it could not be looked at. */
async function withoutEntry(
  session: Session,
  clusterName: string,
  principalArn: string,
  notEvaluated: readonly NotEvaluated[],
): Promise<Explanation[]> {
  const { accountId, regions, clients, homeRegion } = session;
  const found: Explanation[] = [];
  for (const region of regions) {
    const gap = notEvaluated.find((one) => one.region === region && (one.clusterName ?? clusterName) === clusterName);
    if (gap && gap.reason !== 'ConfigMapMode') continue;
    const cluster = await eksClusters(clients).describe({ accountId, region }, clusterName);
    if (!cluster) continue;
    const ref = { accountId, region, clusterName, principalArn };
    const verdict = gap ? 'notApplicable' : 'noEntry';
    found.push({
      ...ref,
      verdict,
      explanation: gap
        ? 'the cluster has no access entries: its authentication mode is CONFIG_MAP, where rows of aws-auth map a role by its ARN, made anew or not'
        : `no access entry of this cluster names this principal${cluster.authenticationMode === 'API_AND_CONFIG_MAP' ? '; a row of aws-auth may' : ''}`,
      evidence: { ...(await principalEvidence(session, principalArn)), authenticationMode: cluster.authenticationMode },
      notes: [],
      whatToDo: whatToDo(verdict, ref),
      checkByHand: handChecks(ref, 'STANDARD', homeRegion),
    });
  }
  return found;
}

async function principalEvidence({ clients, accountId }: Session, principalArn: string): Promise<Evidence> {
  const none = {
    trustPolicy: 'not known',
    trustPolicyWhy: 'there is no entry that it was recorded for',
    nodeGroups: [],
  } as const;
  const named = parsePrincipalArn(principalArn);
  if (named?.accountId !== accountId) return none;
  try {
    const reading = await iamPrincipals(clients).read(named);
    return reading ? { ...none, principalCreatedAt: reading.createdAt, principalId: reading.principalId } : none;
  } catch (error) {
    return { ...none, trustPolicyWhy: `its principal could not be read: ${reasonOf(error)}` };
  }
}
