import { describe, expect, test } from 'vitest';
import { operationsTemplate, STEP_NAMES } from './service-world.ts';

interface Widget {
  readonly type: string;
  readonly y: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly unknown[])[];
  };
}

/** The dashboard as the console reads it; what is known at deploy time only is written as the name of its resource. */
function widgets(): Widget[] {
  const [dashboard] = Object.values(operationsTemplate().findResources('AWS::CloudWatch::Dashboard'));
  const parts: (string | { Ref?: string; 'Fn::GetAtt'?: string[] })[] =
    dashboard?.['Properties'].DashboardBody['Fn::Join'][1];
  const body = parts.map((part) => (typeof part === 'string' ? part : (part.Ref ?? part['Fn::GetAtt']?.[0] ?? '')));
  return JSON.parse(body.join('')).widgets;
}

test('answers from top to bottom: is it alive, is anything broken, what did it do, how fast, what did it cost', () => {
  const texts = widgets().filter(({ type }) => type === 'text');
  expect(texts.map(({ properties }) => properties.markdown?.split('\n')[0])).toEqual([
    '## Is it alive?',
    '## Is anything broken now?',
    '## What did it do?',
    '## How fast?',
    '## What did it cost?',
  ]);
  const places = texts.map(({ y }) => y);
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(texts.filter(({ properties }) => !properties.markdown?.includes('docs/runbook.md'))).toEqual([]);
});

/** What stands under a question. */
function under(question: string): Widget[] {
  const all = widgets();
  const start = all.findIndex(({ properties }) => properties.markdown?.startsWith(`## ${question}`));
  const length = all.slice(start + 1).findIndex(({ type }) => type === 'text');
  return all.slice(start + 1, length < 0 ? undefined : start + 1 + length);
}

const metricNames = (shown: readonly Widget[]) =>
  shown.flatMap(({ properties }) => (properties.metrics ?? []).map(([, name]) => name)).filter((name) => name);

describe('under', () => {
  test('“is it alive” are the heartbeat and its alarm', () => {
    expect(metricNames(under('Is it alive?'))).toContain('HeartbeatsHeard');
    expect(under('Is it alive?').flatMap(({ properties }) => properties.alarms ?? [])).toHaveLength(1);
  });

  test('“is anything broken” is every alarm', () => {
    const alarms = Object.keys(operationsTemplate().findResources('AWS::CloudWatch::Alarm'));
    expect(under('Is anything broken now?').flatMap(({ properties }) => properties.alarms ?? [])).toHaveLength(
      alarms.length,
    );
    expect(metricNames(under('Is anything broken now?'))).toEqual(
      expect.arrayContaining(['AccessEntryValidationErrors', 'OpenJournals', 'ApproximateNumberOfMessagesVisible']),
    );
  });

  test('“what did it do” are the ways in which rebinds end', () => {
    expect(metricNames(under('What did it do?'))).toEqual(
      expect.arrayContaining(['Rebound', 'Refused', 'Waiting', 'Orphaned', 'ExecutionsSucceeded']),
    );
  });

  test('“how fast” are the times to a rebound and without access', () => {
    expect(metricNames(under('How fast?'))).toEqual(
      expect.arrayContaining(['SecondsToRebound', 'SecondsWithoutAccess', 'ExecutionTime']),
    );
  });

  test('“what did it cost” is what AWS counts, of every function and state machine', () => {
    const names = metricNames(under('What did it cost?'));
    expect(names.filter((name) => name === 'Invocations')).toHaveLength(STEP_NAMES.length);
    expect(names.filter((name) => name === 'ExecutionsStarted')).toHaveLength(3);
  });
});
