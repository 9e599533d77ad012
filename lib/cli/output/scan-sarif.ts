import type { Log, Notification, ReportingDescriptor, Result } from 'sarif';
import type { Verdict } from '../../core/shapes.ts';
import type { NotEvaluated, ScannedEntry, ScanResult } from '../scan/scan-result.ts';

// What somebody should look at; healthy entries, and those that are none of ours, are no results.
const FOUND: readonly { readonly id: Verdict; readonly level: 'error' | 'warning'; readonly says: string }[] = [
  { id: 'stale', level: 'error', says: 'The role was made anew after its access entry: every call by it gets 401.' },
  { id: 'missing', level: 'error', says: 'A rebind deleted the access entry and has not made it again.' },
  { id: 'unproven', level: 'warning', says: 'The access entry may be bound to a role of the past.' },
  { id: 'orphaned', level: 'warning', says: 'The access entry names a role or user that is not there.' },
  { id: 'unknown', level: 'warning', says: 'The access entry or its role could not be read.' },
];

const RULES = FOUND.map(({ id, level, says }): ReportingDescriptor => ({
  id,
  shortDescription: { text: says },
  defaultConfiguration: { level },
}));

/** A scan as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html). */
export function scanSarif({ entries, notEvaluated, summary, scannedAt }: ScanResult, version: string): Log {
  const tool = { driver: { name: 'eks-rebind', version, rules: RULES } };
  const [executionSuccessful, endTimeUtc] = [summary.isComplete, scannedAt];
  const invocation = { executionSuccessful, endTimeUtc, toolExecutionNotifications: notEvaluated.map(notification) };
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool, invocations: [invocation], results: entries.flatMap(results) }],
  };
}

function results(entry: ScannedEntry): Result[] {
  const { verdict, explanation, entryArn, principalArn, principalId, region, clusterName } = entry;
  const ruleIndex = FOUND.findIndex(({ id }) => id === verdict);
  const rule = FOUND[ruleIndex];
  if (!rule) return [];
  return [
    {
      ruleId: rule.id,
      ruleIndex,
      level: rule.level,
      message: { text: `${principalArn} in cluster ${clusterName}, ${region}: ${explanation}` },
      locations: [{ logicalLocations: [{ name: principalArn, fullyQualifiedName: entryArn, kind: 'resource' }] }],
      // One finding for one life of a role, however often it is scanned.
      partialFingerprints: { 'entryAndPrincipal/v1': `${entryArn} ${principalId ?? 'none'}` },
      properties: { ...entry },
    },
  ];
}

function notification({ accountId, region, clusterName, principalArn, reason, isGap }: NotEvaluated): Notification {
  const place = [accountId, region, clusterName, principalArn].filter((part) => part !== undefined).join(' ');
  return { level: isGap ? 'warning' : 'note', message: { text: `${place}: ${reason}` } };
}
