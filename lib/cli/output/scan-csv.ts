import type { ScanResult } from '../scan/scan-result.ts';
import { visible } from './visible.ts';

const COLUMNS = [
  'accountId',
  'region',
  'clusterName',
  'principalArn',
  'type',
  'verdict',
  'entryCreatedAt',
  'principalCreatedAt',
  'principalId',
  'outageSeconds',
  'nodeGroups',
  'policies',
  'entryArn',
  'explanation',
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string | number>>;

/** A scan as CSV (RFC 4180, but for lines that end as elsewhere): a row an entry, then one for each thing not evaluated. */
export function scanCsv({ entries, notEvaluated }: ScanResult): string[] {
  const rows: Row[] = [
    ...entries.map((entry) => ({
      ...entry,
      nodeGroups: entry.nodeGroups.join(' '),
      policies: (entry.policies ?? []).join('; '),
    })),
    ...notEvaluated.map(({ reason, ...place }) => ({ ...place, verdict: 'notEvaluated', explanation: reason })),
  ];
  return [COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((column) => cell(row[column])).join(','))];
}

// What begins like a formula, a spreadsheet runs: https://owasp.org/www-community/attacks/CSV_Injection. Such a cell gets an
// apostrophe in front. (Tabs and line ends, which begin one, too, are escapes by then.)
function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = visible(value).replace(/^(?=[=+\-@])/, "'");
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
