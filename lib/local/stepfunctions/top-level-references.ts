import type jsonata from 'jsonata';

// JSONata's own types say too little of its syntax tree to walk it.
type Node = { readonly [member: string]: unknown } & { readonly type?: string; readonly value?: unknown };

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Members that are worked out against the items of what stands before them, not against the context of the whole. */
const withinItems = new Set(['stages', 'predicate', 'group', 'terms', 'pattern', 'update', 'delete']);

function visit(node: unknown, atTop: boolean, found: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, atTop, found);
    return;
  }
  if (!isNode(node) || node instanceof RegExp) return;
  if (node.type === 'path' && Array.isArray(node['steps'])) {
    const [first, ...others]: unknown[] = node['steps'];
    if (atTop && isNode(first) && first.type === 'name') found.add(String(first.value));
    visit(first, atTop, found);
    visit(others, false, found);
    visit(node['group'], false, found);
    return;
  }
  for (const [member, value] of Object.entries(node)) {
    if (member !== 'value' && member !== 'position') visit(value, atTop && !withinItems.has(member), found);
  }
}

/**
 * The names that an expression reads from a context it does not have: AWS refuses `phone`, as everything has to start from `$states`
 * or a variable (measured in floci-io/floci#2670).
 */
export function topLevelReferences(expression: jsonata.Expression): string[] {
  const found = new Set<string>();
  visit(expression.ast(), true, found);
  return [...found];
}
