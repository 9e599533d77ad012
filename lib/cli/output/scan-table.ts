import type { Verdict } from '../../core/shapes.ts';
import type { NotEvaluated, ScannedEntry, ScanResult } from '../scan/scan-result.ts';
import type { Paint } from './paint.ts';
import { renderTable } from './render-table.ts';
import { scanVerdict } from './scan-verdict.ts';
import { shownDuration, shownTime } from './shown-time.ts';

// What matters most comes first: on a narrow terminal, the rest wraps or is cut off.
const HEADINGS =
  'VERDICT,OUTAGE,REGION,CLUSTER,PRINCIPAL,TYPE,NODE GROUPS,ENTRY MADE,PRINCIPAL MADE,PRINCIPAL ID'.split(',');

const STYLES: Readonly<Record<Verdict, Parameters<Paint>[0]>> = {
  stale: 'red',
  missing: 'red',
  healthy: 'green',
  unproven: 'yellow',
  orphaned: 'yellow',
  unknown: 'yellow',
  notApplicable: 'gray',
};

/** A scan for people; the last line says what it comes to. */
export function scanTable({ entries, notEvaluated, summary }: ScanResult, paint: Paint): string[] {
  const [headings = '', ...lines] = renderTable([HEADINGS, ...entries.map((entry) => row(entry, summary.accountId))]);
  return [
    ...(entries.length > 0 ? [headings] : []),
    ...entries.map(({ verdict }, index) => {
      return `${paint(STYLES[verdict], verdict)}${(lines[index] ?? '').slice(verdict.length)}`;
    }),
    ...(entries.length > 0 ? [''] : []),
    ...(notEvaluated.length > 0 ? ['Not evaluated:', ...renderTable(notEvaluated.map(gap)), ''] : []),
    paint(summary.verdicts.stale + summary.verdicts.missing > 0 ? 'red' : 'green', scanVerdict(summary)),
  ];
}

function row(entry: ScannedEntry, accountId: string): string[] {
  const { verdict, region, clusterName, principalArn, type, principalId = '-', outageSeconds, nodeGroups } = entry;
  return [
    verdict,
    outageSeconds === undefined ? '-' : shownDuration(outageSeconds),
    region,
    clusterName,
    principalArn.replace(new RegExp(`^arn:[a-z-]+:iam::${accountId}:`), ''),
    type,
    nodeGroups.join(' ') || '-',
    shownTime(entry.entryCreatedAt),
    entry.principalCreatedAt === undefined ? '-' : shownTime(entry.principalCreatedAt),
    principalId,
  ];
}

const gap = ({ region, clusterName, principalArn, reason }: NotEvaluated) => [
  `  ${region}`,
  [clusterName, principalArn].filter((part) => part !== undefined).join(' ') || 'the whole region',
  reason,
];
