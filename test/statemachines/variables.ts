import jsonata from 'jsonata';
import { type AslState, expressionsOf, type Scope } from './asl.ts';

/** What AWS's dialect knows beside JSONata's own functions (Step Functions developer guide, "Transforming data"). */
const AWS_FUNCTIONS = ['parse', 'uuid', 'hash', 'random', 'partition', 'range'];
const JSONATA_FUNCTIONS = (
  'sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match ' +
  'contains replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt power ' +
  'random boolean not map zip filter single reduce sift keys lookup append exists spread merge reverse each error assert ' +
  'type sort shuffle distinct base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl now ' +
  'millis fromMillis toMillis clone'
).split(' ');
const FUNCTIONS = new Set([...AWS_FUNCTIONS, ...JSONATA_FUNCTIONS]);

/** The variables that an expression reads and does not bind itself. */
function variablesIn(expression: string): string[] {
  const bound = new Set<string>();
  const read: string[] = [];
  JSON.stringify(jsonata(expression).ast(), (_, node: unknown) => {
    if (typeof node !== 'object' || node === null || !('type' in node)) return node;
    if (node.type === 'bind' && 'lhs' in node) JSON.stringify(node.lhs, (__, lhs) => collect(lhs, bound));
    if (node.type === 'lambda' && 'arguments' in node) JSON.stringify(node.arguments, (__, one) => collect(one, bound));
    if (node.type === 'variable' && 'value' in node && typeof node.value === 'string') read.push(node.value);
    return node;
  });
  return read.filter((name) => name !== '' && name !== '$' && !bound.has(name));
}

function collect(node: unknown, into: Set<string>): unknown {
  const isVariable = typeof node === 'object' && node !== null && 'type' in node && node.type === 'variable';
  if (isVariable && 'value' in node && typeof node.value === 'string') into.add(node.value);
  return node;
}

const namesOf = (assign: object | undefined) => Object.keys(assign ?? {});

/** Where a state may go, and which variables are assigned on that way. */
function waysOut(state: AslState): { to: string; assigned: string[] }[] {
  const own = namesOf(state.Assign);
  return [
    ...[state.Next, state.Default].filter((to) => to !== undefined).map((to) => ({ to, assigned: own })),
    ...(state.Choices ?? []).map(({ Next, Assign }) => ({ to: Next, assigned: namesOf(Assign) })),
    // A state that failed assigned nothing of its own.
    ...(state.Catch ?? []).flatMap(({ Next, Assign }) => (Next ? [{ to: Next, assigned: namesOf(Assign) }] : [])),
  ];
}

/** The variables that are assigned on every way to a state, by state. */
function assignedBefore(scope: Scope, outer: ReadonlySet<string>): Map<string, ReadonlySet<string>> {
  const before = new Map<string, ReadonlySet<string>>([[scope.StartAt, outer]]);
  const toVisit = [scope.StartAt];
  for (let name = toVisit.pop(); name !== undefined; name = toVisit.pop()) {
    const state = scope.States[name];
    for (const { to, assigned } of state ? waysOut(state) : []) {
      const then = new Set([...(before.get(name) ?? []), ...assigned]);
      const known = before.get(to);
      const both = known ? new Set([...known].filter((variable) => then.has(variable))) : then;
      if (known && both.size === known.size) continue;
      before.set(to, both);
      toVisit.push(to);
    }
  }
  return before;
}

/** What is wrong with the variables and functions of a scope, in words. Both validators miss this. */
export function wrongVariables(scope: Scope, outer: ReadonlySet<string> = new Set()): string[] {
  const before = assignedBefore(scope, outer);
  return Object.entries(scope.States).flatMap(([name, state]) => {
    const known = before.get(name);
    if (!known) return [`${name} is never reached`];
    const unknown = expressionsOf(state)
      .flatMap(variablesIn)
      .filter((variable) => variable !== 'states' && !known.has(variable) && !FUNCTIONS.has(variable));
    return [
      ...unknown.map((variable) => `${name} reads $${variable}, which is not assigned on every way to it`),
      ...namesOf(state.Assign).flatMap((variable) => (variable === 'states' ? [`${name} assigns to $states`] : [])),
      ...(state.ItemProcessor ? wrongVariables(state.ItemProcessor, known) : []),
    ];
  });
}
