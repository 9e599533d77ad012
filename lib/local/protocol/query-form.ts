import { FromStringShapeDeserializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';

/** A form's keys as a tree: `Tags.member.1.Key=a` is four levels deep. */
interface FormNode {
  value?: string;
  readonly children: Map<string, FormNode>;
}

/** Values as awsQuery writes them: ISO times unless a member says otherwise. */
const text = new FromStringShapeDeserializer({ timestampFormat: { useTrait: true, default: 5 } });

function treeOf(form: URLSearchParams): FormNode {
  const root: FormNode = { children: new Map() };
  for (const [key, value] of form) {
    let node = root;
    for (const part of key.split('.')) {
      const child = node.children.get(part) ?? { children: new Map() };
      node.children.set(part, child);
      node = child;
    }
    node.value = value;
  }
  return root;
}

/** The numbered nodes under one, in the order of their numbers. */
const numbered = (node: FormNode | undefined): FormNode[] =>
  [...(node?.children ?? [])]
    .filter(([key]) => /^\d+$/.test(key))
    .toSorted(([one], [other]) => Number(one) - Number(other))
    .map(([, child]) => child);

const wireName = (member: NormalizedSchema, otherwise: string) => member.getMergedTraits().xmlName ?? otherwise;

function readList(shape: NormalizedSchema, node: FormNode): unknown[] {
  const isFlat = shape.getMergedTraits().xmlFlattened;
  const item = shape.getValueSchema();
  return numbered(isFlat ? node : node.children.get(wireName(item, 'member'))).map((each) => readNode(item, each));
}

function readMap(shape: NormalizedSchema, node: FormNode): Record<string, unknown> {
  const entries = numbered(shape.getMergedTraits().xmlFlattened ? node : node.children.get('entry'));
  const [key, value] = [shape.getKeySchema(), shape.getValueSchema()];
  const pairs = entries.map((entry): [string, unknown] => [
    entry.children.get(wireName(key, 'key'))?.value ?? '',
    readNode(value, entry.children.get(wireName(value, 'value')) ?? { children: new Map() }),
  ]);
  return Object.fromEntries(pairs);
}

function readStruct(shape: NormalizedSchema, node: FormNode): Record<string, unknown> {
  const found: [string, unknown][] = [];
  for (const [name, member] of shape.structIterator()) {
    const child = node.children.get(wireName(member, name));
    if (child) found.push([name, readNode(member, child)]);
  }
  return Object.fromEntries(found);
}

function readNode(shape: NormalizedSchema, node: FormNode): unknown {
  if (shape.isStructSchema()) return readStruct(shape, node);
  if (shape.isListSchema()) return readList(shape, node);
  if (shape.isMapSchema()) return readMap(shape, node);
  return node.value === undefined ? undefined : text.read(shape, node.value);
}

/** Reads an input from an awsQuery form, by its shape. */
export function readForm(shape: NormalizedSchema, form: URLSearchParams): Record<string, unknown> {
  return shape.isStructSchema() ? readStruct(shape, treeOf(form)) : {};
}
