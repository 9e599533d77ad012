import type { NotEvaluated, ScannedEntry, ScanResult } from '../scan/scan-result.ts';
import { xmlElement } from './xml.ts';

type Kind = 'failure' | 'error' | 'skipped';

interface Case {
  readonly suite: string;
  readonly name: string;
  readonly kind: Kind | undefined;
  readonly type: string;
  readonly message: string;
}

// A pipeline fails where nobody has access, and errs where nobody knows; what is only to be looked at is skipped.
const KINDS: Readonly<Record<string, Kind>> = {
  stale: 'failure',
  missing: 'failure',
  unknown: 'error',
  unproven: 'skipped',
  orphaned: 'skipped',
  notApplicable: 'skipped',
};

/** A scan as JUnit's XML, by the rules that Jenkins's XSD writes down: a suite a cluster, a case an entry. */
export function scanJunit({ entries, notEvaluated, scannedAt }: ScanResult): string[] {
  const cases = [...entries.map(ofEntry), ...notEvaluated.map(ofGap)];
  // The XSD's times have no zone.
  const timestamp = scannedAt.replace(/(\.\d+)?Z$/, '');
  const suites = [...Map.groupBy(cases, ({ suite }) => suite)].flatMap(([name, own]) =>
    xmlElement('testsuite', { name, ...counts(own), skipped: count(own, 'skipped'), timestamp }, own.flatMap(testCase)),
  );
  const all = xmlElement('testsuites', { name: 'eks-rebind scan', ...counts(cases) }, suites);
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...all];
}

function ofEntry({ accountId, region, clusterName, verdict, ...entry }: ScannedEntry): Case {
  const suite = `${accountId}/${region}/${clusterName}`;
  return { suite, name: entry.principalArn, kind: KINDS[verdict], type: verdict, message: entry.explanation };
}

function ofGap({ accountId, region, clusterName, principalArn, reason: message, isGap }: NotEvaluated): Case {
  const suite = [accountId, region, clusterName].filter((part) => part !== undefined).join('/');
  const kind = isGap ? 'error' : 'skipped';
  return { suite, name: principalArn ?? 'access entries', kind, type: 'notEvaluated', message };
}

const count = (cases: readonly Case[], wanted: Kind) => String(cases.filter(({ kind }) => kind === wanted).length);

function counts(cases: readonly Case[]) {
  return { tests: String(cases.length), failures: count(cases, 'failure'), errors: count(cases, 'error'), time: '0' };
}

function testCase({ suite: classname, name, kind, type, message }: Case): string[] {
  // The XSD knows no type of what was skipped.
  const why = kind && xmlElement(kind, kind === 'skipped' ? { message } : { type, message });
  return xmlElement('testcase', { classname, name, time: '0' }, why);
}
