import { expect, test } from 'vitest';
import { scanCsv } from '../../../../lib/cli/output/scan-csv.ts';
import { GAP, HOSTILE, scannedEntry, scanResult, STALE } from './scan-results.ts';

/** Cells of a line, by RFC 4180's grammar; a line that isn't in it has none. */
function cellsOf(line: string): string[] {
  if (!/^("([^"]|"")*"|[^",]*)(,("([^"]|"")*"|[^",]*))*$/.test(line)) return [];
  const cells = line.matchAll(/(?<=^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g);
  return [...cells].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '');
}

const records = (lines: readonly string[]) => {
  const [columns = [], ...rows] = lines.map(cellsOf);
  return rows.map((row) => {
    expect(row).toHaveLength(columns.length);
    return Object.fromEntries(columns.map((column, index) => [column, row[index]]));
  });
};

test('a scan as CSV has a row an entry, with all that is known of it', () => {
  expect(records(scanCsv(scanResult([STALE])))).toEqual([
    {
      ...STALE,
      outageSeconds: '93784',
      nodeGroups: 'blue green',
      policies: 'AmazonEKSViewPolicy (cluster)',
    },
  ]);
});

test('a row tells what was not evaluated', () => {
  expect(records(scanCsv(scanResult([], [GAP])))).toMatchObject([
    { region: 'eu-central-1', clusterName: '', verdict: 'notEvaluated', explanation: GAP.reason },
  ]);
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', HOSTILE])('a cell is no formula: %j', (name) => {
  const [row] = records(scanCsv(scanResult([scannedEntry({ clusterName: name })])));
  expect(row?.['clusterName']).toMatch(/^'/);
});

test('names end no cell and no line', () => {
  const hostile = scannedEntry({ principalArn: 'a"b,c', nodeGroups: [HOSTILE], explanation: HOSTILE });
  const lines = scanCsv(scanResult([hostile]));
  expect(lines).toHaveLength(2);
  expect(records(lines)[0]?.['principalArn']).toBe('a"b,c');
  expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
});
