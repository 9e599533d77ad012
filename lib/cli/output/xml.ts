import { visible } from './visible.ts';

type Attributes = Readonly<Record<string, string>>;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const inXml = (text: string) => visible(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** An element with its children indented below it. */
export function xmlElement(name: string, attributes: Attributes, children: readonly string[] = []): string[] {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${inXml(value)}"`);
  const opening = `<${name}${written.join('')}`;
  if (children.length === 0) return [`${opening}/>`];
  return [`${opening}>`, ...children.map((line) => `  ${line}`), `</${name}>`];
}
