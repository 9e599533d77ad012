import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { paintFor } from '../../../../lib/cli/output/paint.ts';
import { scanTable } from '../../../../lib/cli/output/scan-table.ts';
import { scanVerdict } from '../../../../lib/cli/output/scan-verdict.ts';
import { shownDuration } from '../../../../lib/cli/output/shown-time.ts';
import { GAP, HOSTILE, NO_ENTRIES, scannedEntry, scanResult, STALE } from './scan-results.ts';

const plain = paintFor(false);
const other = scannedEntry({ principalArn: 'arn:aws:iam::444455556666:role/theirs' });

describe('a scan as a table', () => {
  test('has both times, the id, the outage and the node groups of each entry', () => {
    const [headings, ...rows] = scanTable(scanResult([STALE]), plain);
    expect(headings?.split(/ {2,}/)).toEqual([
      'VERDICT',
      'OUTAGE',
      'REGION',
      'CLUSTER',
      'PRINCIPAL',
      'TYPE',
      'NODE GROUPS',
      'ENTRY MADE',
      'PRINCIPAL MADE',
      'PRINCIPAL ID',
    ]);
    expect(rows[0]?.split(/ {2,}/)).toEqual([
      'stale',
      '1d 2h',
      'us-east-1',
      'batch',
      'role/eks-nodes',
      'EC2_LINUX',
      'blue green',
      '2026-11-20 08:00:00Z',
      '2026-11-21 10:03:04Z',
      'AROAEXAMPLE0000000002',
    ]);
  });

  test('shows what isn’t known as a dash, and a principal of another account by its whole ARN', () => {
    const { principalCreatedAt: _, principalId: __, ...unknown } = other;
    const [, row] = scanTable(scanResult([{ ...unknown, verdict: 'unknown' }]), plain);
    expect(row).toContain('arn:aws:iam::444455556666:role/theirs');
    const cells = row?.split(/ {2,}/) ?? [];
    expect([1, 6, 8, 9].map((column) => cells[column])).toEqual(['-', '-', '-', '-']);
  });

  test('names what was not evaluated, and why', () => {
    const text = scanTable(scanResult([], [GAP, NO_ENTRIES]), plain).join('\n');
    expect(text).toMatch(
      /Not evaluated:\n {2}eu-central-1 {2}the whole region {2}AccessDeniedException: .*\n {2}us-east-1 +legacy +ConfigMapMode: /,
    );
  });

  test('colours the verdict alone, and moves no column by it', () => {
    const painted = scanTable(scanResult([STALE]), paintFor(true));
    expect(painted[1]?.startsWith('\u001B[31mstale\u001B[39m    1d 2h')).toBe(true);
    expect(painted.map(stripVTControlCharacters)).toEqual(scanTable(scanResult([STALE]), plain));
  });

  test('is not driven by names', () => {
    const hostile = scannedEntry({ principalArn: HOSTILE, clusterName: HOSTILE, nodeGroups: [HOSTILE] });
    const lines = scanTable(scanResult([hostile], [{ ...GAP, reason: HOSTILE }]), plain);
    expect(lines).toHaveLength(7);
    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });
});

describe('the last line', () => {
  test.each([
    [
      'says what to do about a stale entry',
      scanResult([STALE, other]),
      '2 access entries in 2 clusters: 1 stale, 1 healthy. Next, with the same --region, --cluster and --role: eks-rebind fix --dry-run',
    ],
    ['says that all is well', scanResult([other]), '1 access entry in 1 cluster: 1 healthy.'],
    [
      'says what is missing',
      scanResult([], [GAP]),
      '0 access entries in 0 clusters; 1 not evaluated; this is not all there is.',
    ],
    [
      'takes a cluster without entries for no gap',
      scanResult([other], [NO_ENTRIES]),
      '1 access entry in 1 cluster: 1 healthy; 1 not evaluated.',
    ],
  ])('%s', (_, { summary }, line) => {
    expect(scanVerdict(summary)).toBe(line);
    expect(scanTable(scanResult([STALE]), plain).at(-1)).toMatch(/^1 access entry in 1 cluster: 1 stale/);
  });
});

test.each([
  [0, '0s'],
  [59.9, '59s'],
  [60, '1m'],
  [845, '14m 5s'],
  [7_205, '2h'],
  [93_784, '1d 2h'],
  [-5, '0s'],
])('%d seconds are shown as %s', (seconds, shown) => {
  expect(shownDuration(seconds)).toBe(shown);
});
