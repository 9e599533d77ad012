import type { NotEvaluated, ScannedEntry, ScanResult } from '../../../../lib/cli/scan/scan-result.ts';

/** An entry as a scan tells of it. */
export function scannedEntry(changed: Partial<ScannedEntry> = {}): ScannedEntry {
  const { principalArn = 'arn:aws:iam::111122223333:role/eks-nodes' } = changed;
  return {
    accountId: '111122223333',
    region: 'us-east-1',
    clusterName: 'platform',
    principalArn,
    type: 'EC2_LINUX',
    entryArn: `arn:aws:eks:us-east-1:111122223333:access-entry/platform/role/111122223333/eks-nodes/1ac2`,
    verdict: 'healthy',
    explanation: 'the entry is no older than its role',
    entryCreatedAt: '2026-11-20T08:00:00.000Z',
    principalCreatedAt: '2026-11-20T07:00:00.000Z',
    principalId: 'AROAEXAMPLE0000000001',
    nodeGroups: [],
    ...changed,
  };
}

export const STALE = scannedEntry({
  clusterName: 'batch',
  entryArn: 'arn:aws:eks:us-east-1:111122223333:access-entry/batch/role/111122223333/eks-nodes/2bd3',
  verdict: 'stale',
  explanation: 'the role was made 93784 seconds after the entry',
  principalCreatedAt: '2026-11-21T10:03:04.000Z',
  principalId: 'AROAEXAMPLE0000000002',
  outageSeconds: 93_784,
  nodeGroups: ['blue', 'green'],
  policies: ['AmazonEKSViewPolicy (cluster)'],
});

export const GAP: NotEvaluated = {
  accountId: '111122223333',
  region: 'eu-central-1',
  reason: 'AccessDeniedException: not authorized to perform eks:ListClusters',
  isGap: true,
};

export const NO_ENTRIES: NotEvaluated = {
  accountId: '111122223333',
  region: 'us-east-1',
  clusterName: 'legacy',
  reason: 'ConfigMapMode: the cluster has no access entries',
  isGap: false,
};

/** What a person who may name things in AWS could call one to get at whoever reads it. */
export const HOSTILE =
  '=HYPERLINK("http://x")\u001B[2J\u001B]0;owned\u0007\r\n"><failure/>]]>&amp;\u009B31m\u202Eevil\u2066\u200B\uD800\uFFFE, \'--';

/** The document of a scan that found these. */
export function scanResult(entries: readonly ScannedEntry[], notEvaluated: readonly NotEvaluated[] = []): ScanResult {
  const none = { stale: 0, healthy: 0, unproven: 0, orphaned: 0, missing: 0, unknown: 0, notApplicable: 0 };
  const verdicts = { ...none };
  for (const { verdict } of entries) verdicts[verdict] += 1;
  return {
    schemaVersion: 1,
    scannedAt: '2026-11-22T12:06:08.123Z',
    summary: {
      accountId: '111122223333',
      regions: ['eu-central-1', 'us-east-1'],
      clusters: new Set(entries.map(({ clusterName }) => clusterName)).size,
      entries: entries.length,
      verdicts,
      notEvaluated: notEvaluated.length,
      isComplete: !notEvaluated.some(({ isGap }) => isGap),
    },
    entries,
    notEvaluated,
  };
}
