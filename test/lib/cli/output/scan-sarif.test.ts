import type { Result, Run } from 'sarif';
import { describe, expect, test } from 'vitest';
import { scanSarif } from '../../../../lib/cli/output/scan-sarif.ts';
import { GAP, NO_ENTRIES, scannedEntry, scanResult, STALE } from './scan-results.ts';

// The compiler holds the document to @types/sarif, which is made from the standard's JSON schema and so knows its members and which
// of them are required. What types don't tell is checked here, by the sections of the standard
// (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
function runOf(...parts: Parameters<typeof scanResult>): Run {
  const { version, runs } = scanSarif(scanResult(...parts), '1.2.3');
  expect({ version, runs: runs.length }).toEqual({ version: '2.1.0', runs: 1 });
  const [run] = runs;
  if (!run) throw new Error('there is no run');
  return run;
}

const resultsOf = (...parts: Parameters<typeof scanResult>): readonly Result[] => runOf(...parts).results ?? [];

describe('a scan as SARIF', () => {
  test('is JSON through and through', () => {
    const log = scanSarif(scanResult([STALE], [GAP]), '1.2.3');
    expect(JSON.parse(JSON.stringify(log))).toEqual(log);
  });

  test('names the tool and its version', () => {
    expect(runOf([]).tool.driver).toMatchObject({ name: 'eks-rebind', version: '1.2.3' });
  });

  test('has a result for what is to be looked at, none for what is well or none of ours', () => {
    const verdicts = ['stale', 'healthy', 'unproven', 'orphaned', 'missing', 'unknown', 'notApplicable'] as const;
    const results = resultsOf(verdicts.map((verdict) => scannedEntry({ verdict })));
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['stale', 'error'],
      ['unproven', 'warning'],
      ['orphaned', 'warning'],
      ['missing', 'error'],
      ['unknown', 'warning'],
    ]);
  });

  test('each result’s rule is the one at its index, with a text (3.27.6, 3.49.3)', () => {
    const { tool, results = [] } = runOf([STALE, scannedEntry({ verdict: 'unknown' })]);
    const { rules = [] } = tool.driver;
    expect(results.map(({ ruleIndex = -1 }) => rules[ruleIndex]?.id)).toEqual(['stale', 'unknown']);
    for (const { shortDescription } of rules) expect(shortDescription?.text).toMatch(/\.$/);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  test('a result says what, where and since which life of the role', () => {
    expect(resultsOf([STALE])).toMatchObject([
      {
        message: { text: `${STALE.principalArn} in cluster batch, us-east-1: ${STALE.explanation}` },
        locations: [{ logicalLocations: [{ fullyQualifiedName: STALE.entryArn, kind: 'resource' }] }],
        partialFingerprints: { 'entryAndPrincipal/v1': `${STALE.entryArn} AROAEXAMPLE0000000002` },
        properties: { outageSeconds: 93_784 },
      },
    ]);
  });

  test('levels and kinds are words of the standard (3.27.10, 3.58.6)', () => {
    const run = runOf([STALE, scannedEntry({ verdict: 'orphaned' })], [GAP, NO_ENTRIES]);
    const notes = run.invocations?.[0]?.toolExecutionNotifications ?? [];
    const levels = [...(run.results ?? []), ...notes].map(({ level }) => level);
    expect(levels).toEqual(['error', 'warning', 'warning', 'note']);
  });

  test('a scan that is not all there is did not succeed, and says why (3.20.14, 3.20.21)', () => {
    expect(runOf([], [NO_ENTRIES]).invocations?.[0]).toMatchObject({ executionSuccessful: true });
    expect(runOf([], [GAP]).invocations?.[0]).toMatchObject({
      executionSuccessful: false,
      // A date-time in UTC (3.9).
      endTimeUtc: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
      toolExecutionNotifications: [{ message: { text: `111122223333 eu-central-1: ${GAP.reason}` } }],
    });
  });
});
