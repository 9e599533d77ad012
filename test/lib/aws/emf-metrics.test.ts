import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { emfMetrics } from '../../../lib/aws/emf-metrics.ts';
import { METRICS } from '../../../lib/core/metric-names.ts';

const NOW = Date.parse('2026-03-01T12:00:00.250Z');

// What a document has to be by CloudWatch's user guide, "Specification: Embedded metric format", rule by rule.
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(255));
const UNITS = ['Seconds', 'Microseconds', 'Milliseconds', 'Bytes', 'Percent', 'Count', 'None'];
const Document = v.looseObject({
  _aws: v.strictObject({
    Timestamp: v.pipe(v.number(), v.integer()),
    CloudWatchMetrics: v.pipe(
      v.array(
        v.strictObject({
          Namespace: name,
          Dimensions: v.pipe(v.array(v.pipe(v.array(name), v.maxLength(9))), v.minLength(1)),
          Metrics: v.pipe(
            v.array(v.strictObject({ Name: name, Unit: v.picklist(UNITS) })),
            v.minLength(1),
            v.maxLength(100),
          ),
        }),
      ),
      v.minLength(1),
    ),
  }),
});

const notUsed = () => Promise.reject(new Error('nothing waits here'));

/** Records these values; answers the lines, each read as CloudWatch would. */
function linesOf(
  values: Parameters<ReturnType<typeof emfMetrics>['record']>[0],
  about?: () => Record<string, unknown>,
) {
  const lines: string[] = [];
  const clock = { now: () => NOW };
  const runtime = {
    clock: { ...clock, pause: notUsed, busy: notUsed, idle: notUsed },
    write: (line: string) => void lines.push(line),
    ...(about && { about }),
  };
  emfMetrics(runtime).record(values);
  return lines.map((line) => v.parse(Document, JSON.parse(line)));
}

const declaredBy = (document: v.InferOutput<typeof Document> | undefined) =>
  document?.['_aws'].CloudWatchMetrics.flatMap(({ Metrics }) => Metrics);

test('a value is one document: what it declares is at its root, as a number, with its unit', () => {
  expect(linesOf({ SecondsToRebound: 131.5, Rebound: 1 })).toEqual([
    {
      _aws: {
        Timestamp: NOW,
        CloudWatchMetrics: [
          {
            Namespace: 'EksRebind',
            // One empty set: the metric without dimensions. No set at all would be no metric.
            Dimensions: [[]],
            Metrics: [
              { Name: 'Rebound', Unit: 'Count' },
              { Name: 'SecondsToRebound', Unit: 'Seconds' },
            ],
          },
        ],
      },
      Rebound: 1,
      SecondsToRebound: 131.5,
    },
  ]);
});

test.each(Object.keys(METRICS))('%s can be recorded, zero too', (metric) => {
  const [document] = linesOf({ [metric]: 0 });
  expect(declaredBy(document)).toMatchObject([{ Name: metric }]);
  expect(document?.[metric]).toBe(0);
});

test('no values are no line', () => {
  expect(linesOf({})).toEqual([]);
});

describe('what is under way', () => {
  test('is told beside the values, and declared as none', () => {
    const cause = { kind: 'event', eventId: 'event-1' };
    const [document] = linesOf({ Refused: 1 }, () => ({ step: 'AnnounceOutcome', executionArn: 'arn:one', cause }));
    expect(document).toMatchObject({ step: 'AnnounceOutcome', executionArn: 'arn:one', cause, Refused: 1 });
    expect(declaredBy(document)).toEqual([{ Name: 'Refused', Unit: 'Count' }]);
  });

  test('can change no value, whatever it holds', () => {
    const [document] = linesOf({ Refused: 1 }, () => ({ Refused: 'seven', _aws: 'gone' }));
    expect(document).toMatchObject({ Refused: 1, _aws: { Timestamp: NOW } });
  });
});
