import type { ScanResult } from '../scan/scan-result.ts';

/** What a scan comes to, in a line: how many of what, and what to do. */
export function scanVerdict({ clusters, entries, verdicts, notEvaluated, isComplete }: ScanResult['summary']): string {
  const counts = Object.entries(verdicts).flatMap(([verdict, count]) => (count > 0 ? [`${count} ${verdict}`] : []));
  const found = `${counted(entries, 'access entry', 'access entries')} in ${counted(clusters, 'cluster', 'clusters')}`;
  return [
    counts.length > 0 ? `${found}: ${counts.join(', ')}` : found,
    ...(notEvaluated > 0 ? [`; ${notEvaluated} not evaluated`] : []),
    ...(isComplete ? [] : ['; this is not all there is']),
    verdicts.stale + verdicts.missing > 0
      ? '. Next, with the same --region, --cluster and --role: eks-rebind fix --dry-run'
      : '.',
  ].join('');
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
