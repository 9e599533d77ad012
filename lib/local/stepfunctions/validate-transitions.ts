import type { Diagnostics } from './diagnostics.ts';
import { isArray, isObject, type Json, type JsonObject } from './json.ts';

interface Transition {
  readonly target: string;
  /** Where it stands in the state: `Next`, `Catch[0]/Next`. */
  readonly at: string;
}

function nextIn(entries: Json | undefined, field: string): Transition[] {
  if (!isArray(entries)) return [];
  return entries.flatMap((entry, index) =>
    isObject(entry) && typeof entry['Next'] === 'string'
      ? [{ target: entry['Next'], at: `${field}[${index}]/Next` }]
      : [],
  );
}

/** Where a state may go. */
function transitionsOf(state: JsonObject): Transition[] {
  const own = (['Next', 'Default'] as const).flatMap((at) => {
    const target = state[at];
    return typeof target === 'string' ? [{ target, at }] : [];
  });
  return [...own, ...nextIn(state['Choices'], 'Choices'), ...nextIn(state['Catch'], 'Catch')];
}

/**
 * Checks that transitions lead to states of the same graph, that every state can be reached, and that there is an end. The texts are
 * AWS's: localstack/localstack#11978 and aws-cloudformation/cfn-lint#4074 quote the first two, floci-io/floci#2735 the others.
 */
export function checkTransitions(graph: JsonObject, location: string, diagnostics: Diagnostics): void {
  const { StartAt, States } = graph;
  if (!isObject(States) || typeof StartAt !== 'string') return;
  const code = 'MISSING_TRANSITION_TARGET';
  const states = new Map(Object.entries(States).flatMap(([name, state]) => (isObject(state) ? [[name, state]] : [])));
  const missing = (target: string, at: string) => diagnostics.add(code, `Missing 'Next' target: ${target}`, at);
  if (!states.has(StartAt)) missing(StartAt, `${location}/StartAt`);

  const reached = new Set<string>([StartAt]);
  for (const name of reached) {
    for (const { target } of transitionsOf(states.get(name) ?? {})) reached.add(target);
  }
  for (const [name, state] of states) {
    const at = `${location}/States/${name}`;
    for (const transition of transitionsOf(state)) {
      if (!states.has(transition.target)) missing(transition.target, `${at}/${transition.at}`);
    }
    if (!reached.has(name)) diagnostics.add(code, `State "${name}" is not reachable.`, at);
  }
  const ends = [...states.values()].some(({ Type, End }) => End === true || Type === 'Succeed' || Type === 'Fail');
  if (!ends) diagnostics.add('MISSING_END_STATE', 'Workflow has no terminal state', null);
}
