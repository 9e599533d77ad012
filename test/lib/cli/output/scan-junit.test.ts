import { describe, expect, test } from 'vitest';
import { scanJunit } from '../../../../lib/cli/output/scan-junit.ts';
import { GAP, HOSTILE, NO_ENTRIES, scannedEntry, scanResult, STALE } from './scan-results.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const decoded = (text: string) => text.replaceAll(/&(\w+);/g, (_, name: string) => ENTITIES[name] ?? '?');

/** Reads XML of elements and attributes alone; throws where it isn't well-formed. */
function read(xml: string): Element {
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  if (body === xml) throw new Error('there is no declaration');
  const top: Element = { name: '', attributes: {}, children: [] };
  const open = [top];
  const token =
    /\s*<(?:\/(?<closed>\w+)|(?<opened>\w+)(?<attributes>(?: \w+="(?:[^<&"]|&(?:lt|gt|amp|quot|apos);)*")*)(?<empty>\/?))>\s*/y;
  while (token.lastIndex < body.length) {
    const at = token.lastIndex;
    const { groups } = token.exec(body) ?? {};
    if (!groups) throw new Error(`not well-formed: ${body.slice(at, at + 60)}`);
    const { closed, opened = '', attributes = '', empty } = groups;
    if (closed !== undefined) {
      if (open.pop()?.name !== closed) throw new Error(`</${closed}> closes another element`);
      continue;
    }
    const pairs = [...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      decoded(value),
    ]);
    const element: Element = { name: opened, attributes: Object.fromEntries(pairs), children: [] };
    open.at(-1)?.children.push(element);
    if (!empty) open.push(element);
  }
  const [root, ...others] = top.children;
  if (!root || others.length > 0 || open.length > 1) throw new Error('there is more than one root, or one left open');
  return root;
}

// What may be where, by the XSD that Jenkins's xunit plugin checks against (junit-10.xsd), as far as a scan needs it.
const RULES: Readonly<Record<string, { required: string[]; optional: string[]; children: string[] }>> = {
  testsuites: {
    required: [],
    optional: ['name', 'time', 'tests', 'failures', 'errors', 'disabled'],
    children: ['testsuite'],
  },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'disabled'],
    children: ['testcase', 'properties'],
  },
  testcase: {
    required: ['name', 'classname'],
    optional: ['time', 'status', 'assertions'],
    children: ['failure', 'error', 'skipped'],
  },
  failure: { required: [], optional: ['type', 'message'], children: [] },
  error: { required: [], optional: ['type', 'message'], children: [] },
  skipped: { required: [], optional: ['message'], children: [] },
};

function breaches({ name, attributes, children }: Element): string[] {
  const rule = RULES[name];
  if (!rule) return [`<${name}>`];
  const missing = rule.required.filter((one) => !(one in attributes));
  const strange = Object.keys(attributes).filter((one) => ![...rule.required, ...rule.optional].includes(one));
  const misplaced = children.filter((child) => !rule.children.includes(child.name)).map((child) => child.name);
  return [...missing, ...strange, ...misplaced].map((one) => `${name}: ${one}`).concat(children.flatMap(breaches));
}

const junit = (...parts: Parameters<typeof scanResult>) => read(scanJunit(scanResult(...parts)).join('\n'));

describe('a scan as JUnit', () => {
  const verdicts = ['stale', 'healthy', 'unproven', 'orphaned', 'missing', 'unknown', 'notApplicable'] as const;
  const all = junit([...verdicts.map((verdict) => scannedEntry({ verdict })), STALE], [GAP, NO_ENTRIES]);

  test('is as the XSD wants it', () => {
    expect(breaches(all)).toEqual([]);
    for (const { attributes } of all.children) {
      expect(attributes['timestamp']).toBe('2026-11-22T12:06:08');
    }
  });

  test('has a suite a cluster, and a case an entry', () => {
    expect(all.children.map(({ attributes, children }) => [attributes['name'], children.length])).toEqual([
      ['111122223333/us-east-1/platform', 7],
      ['111122223333/us-east-1/batch', 1],
      ['111122223333/eu-central-1', 1],
      ['111122223333/us-east-1/legacy', 1],
    ]);
  });

  test('fails where nobody has access, errs where nobody knows, and skips what is none of ours', () => {
    const [platform] = all.children;
    expect(platform?.children.map(({ children }) => children[0]?.name)).toEqual([
      'failure',
      undefined,
      'skipped',
      'skipped',
      'failure',
      'error',
      'skipped',
    ]);
  });

  test('counts as its cases do', () => {
    expect(all.attributes).toMatchObject({ tests: '10', failures: '3', errors: '2' });
    expect(all.children[0]?.attributes).toMatchObject({ tests: '7', failures: '2', errors: '1', skipped: '3' });
  });

  test('says why', () => {
    const [, batch, region, legacy] = all.children.map(({ children }) => children[0]?.children[0]);
    expect(batch?.attributes).toEqual({ type: 'stale', message: STALE.explanation });
    expect(region?.attributes).toEqual({ type: 'notEvaluated', message: GAP.reason });
    expect(legacy).toMatchObject({ name: 'skipped', attributes: { message: NO_ENTRIES.reason } });
  });

  test('stays whole, whatever names are in it', () => {
    const hostile = scannedEntry({
      principalArn: HOSTILE,
      clusterName: HOSTILE,
      verdict: 'stale',
      explanation: HOSTILE,
    });
    const written = junit([hostile], [{ ...GAP, reason: HOSTILE }]);
    expect(breaches(written)).toEqual([]);
    expect(written.children[0]?.children[0]?.children[0]?.attributes['message']).toContain('"><failure/>]]>&amp;');
    expect(scanJunit(scanResult([hostile])).join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\uFFFE]/u);
  });

  test('of nothing is a document too', () => {
    expect(junit([])).toEqual({
      name: 'testsuites',
      attributes: expect.objectContaining({ tests: '0' }),
      children: [],
    });
  });
});
