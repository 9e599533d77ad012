import { visibleDocument } from './visible.ts';

/** One document for programs. It reads back as it was, whatever characters are in it, and holds none that drive a terminal. */
export async function renderData(document: unknown, format: 'json' | 'yaml'): Promise<string> {
  if (format === 'json') return visibleDocument(JSON.stringify(document, undefined, 2), false);
  const { stringify } = await import('yaml');
  // Every text in quotes: what YAML 1.1 takes `no` and `1e3` for is no matter, and escapes are read as such.
  const quoted = { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 } as const;
  return visibleDocument(stringify(document, { ...quoted, aliasDuplicateObjects: false }), false).trimEnd();
}
