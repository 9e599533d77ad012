import type { Diagnostics } from './diagnostics.ts';
import { fieldChecks, type FieldChecks } from './field-checks.ts';
import { isArray, isObject, isString, type Json, type JsonObject } from './json.ts';
import { commonFields, distributedFields, jsonPathFields, stateFields } from './state-fields.ts';
import { checkExpressions } from './validate-expressions.ts';
import { checkRecovery } from './validate-recovery.ts';
import { checkResource, type Setting } from './validate-resource.ts';
import { checkStateFields } from './validate-state.ts';
import { checkTransitions } from './validate-transitions.ts';
import { assignedIn, checkAssignments } from './validate-variables.ts';

const fieldsByType = new Map(Object.entries(stateFields));

/** A name of a state has at most 80 characters (Step Functions quotas). */
const LONGEST_NAME = 80;

/** Names the fields that the state's type has not, each in the words that fit it. */
function checkKnownFields(checks: FieldChecks, known: readonly string[], diagnostics: Diagnostics): void {
  const { object: state, location } = checks;
  for (const field of Object.keys(state)) {
    if (known.includes(field) || commonFields.includes(field)) continue;
    if (jsonPathFields.includes(field)) {
      // The mirror of what AWS says of JSONata's fields in JSONPath (measured in floci-io/floci#2968).
      const message = `The QueryLanguage is set to 'JSONata', but field '${field}' is only supported for the 'JSONPath' QueryLanguage`;
      diagnostics.schema(message, location);
    } else if (state['Type'] === 'Map' && distributedFields.includes(field)) {
      diagnostics.schema(`The local AWS does not emulate the field '${field}' of a Map`, location);
    } else {
      diagnostics.schema(`Field '${field}' is not supported`, location);
    }
  }
}

function checkQueryLanguage(state: JsonObject, location: string, diagnostics: Diagnostics): void {
  const { QueryLanguage: language } = state;
  if (language === undefined || language === 'JSONata') return;
  const message =
    language === 'JSONPath'
      ? "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine"
      : `Expected 'JSONata', but got ${JSON.stringify(language)}`;
  diagnostics.schema(message, location);
}

function checkStateExpressions(state: JsonObject, location: string, diagnostics: Diagnostics): void {
  for (const [field, value] of Object.entries(state)) {
    if (['Branches', 'ItemProcessor', 'Comment', 'Retry'].includes(field)) continue;
    checkExpressions(value, { location: `${location}/${field}`, inCatcher: field === 'Catch' }, diagnostics);
  }
}

/** Branches and processors: graphs of their own, inside of which this scope's variables are seen. */
function checkInnerGraphs(state: JsonObject, location: string, scope: Scope): void {
  const { setting, diagnostics, outer } = scope;
  const inner = { setting, diagnostics, outer };
  if (state['Type'] === 'Parallel') {
    const { Branches } = state;
    if (!isArray(Branches)) {
      diagnostics.schema("The field 'Branches' is required but was missing", location);
      return;
    }
    for (const [index, branch] of Branches.entries()) {
      checkGraph(branch, `${location}/Branches[${index}]`, ['StartAt', 'States', 'Comment'], inner);
    }
  }
  if (state['Type'] !== 'Map') return;
  const { ItemProcessor: processor } = state;
  const at = `${location}/ItemProcessor`;
  if (processor === undefined) {
    diagnostics.schema("The field 'ItemProcessor' is required but was missing", location);
    return;
  }
  checkGraph(processor, at, ['StartAt', 'States', 'Comment', 'ProcessorConfig'], inner);
  const config = isObject(processor) ? processor['ProcessorConfig'] : undefined;
  if (config === undefined) return;
  const checks = fieldChecks(isObject(config) ? config : {}, `${at}/ProcessorConfig`, diagnostics);
  if (checks.object['Mode'] === 'DISTRIBUTED') {
    checks.problem('Mode', "The local AWS does not emulate a Map of mode 'DISTRIBUTED'");
    return;
  }
  checks.only(['Mode']);
  checks.kind('Mode', { what: "'INLINE'", holds: (value) => value === 'INLINE' });
}

/** What the states of a graph are checked with. */
export interface Scope {
  readonly setting: Setting;
  readonly diagnostics: Diagnostics;
  /** Variables that scopes around this one assign. */
  readonly outer: ReadonlySet<string>;
}

function checkState(state: Json, location: string, scope: Scope): void {
  const { diagnostics, setting } = scope;
  if (!isObject(state)) {
    diagnostics.schema(`Expected an object, but got ${JSON.stringify(state)}`, location);
    return;
  }
  const { Type } = state;
  const known = isString(Type) ? fieldsByType.get(Type) : undefined;
  if (!known) {
    diagnostics.schema(`Type ${JSON.stringify(Type ?? null)} is not supported`, location);
    return;
  }
  const checks = fieldChecks(state, location, diagnostics);
  checkQueryLanguage(state, location, diagnostics);
  checkKnownFields(checks, known, diagnostics);
  checkStateFields(checks, diagnostics);
  if (Type === 'Task') checkResource(state, location, setting, diagnostics);
  checkRecovery(state, location, diagnostics);
  checkAssignments(state, location, scope);
  checkStateExpressions(state, location, diagnostics);
}

/** Checks a graph and all in it. */
export function checkGraph(graph: Json, location: string, known: readonly string[], scope: Scope): void {
  const { diagnostics } = scope;
  const place = location === '' ? '/' : location;
  if (!isObject(graph)) {
    diagnostics.schema(`Expected an object, but got ${JSON.stringify(graph)}`, place);
    return;
  }
  // Recorded, in this order: sfn_api_validation/validate_state_machine_definition_not_a_definition.
  const missing = ['States', 'StartAt'].filter((field) => graph[field] === undefined);
  if (missing.length > 0) {
    diagnostics.schema(`These fields are required: [${missing.join(', ')}]`, place);
    return;
  }
  fieldChecks(graph, place, diagnostics).only(known);
  const states = isObject(graph['States']) ? graph['States'] : {};
  const inner: Scope = { ...scope, outer: new Set([...scope.outer, ...assignedIn(states)]) };
  for (const [name, state] of Object.entries(states)) {
    const at = `${location}/States/${name}`;
    if (name.length > LONGEST_NAME) diagnostics.schema(`A state's name has at most ${LONGEST_NAME} characters`, at);
    checkState(state, at, { ...inner, outer: scope.outer });
    if (isObject(state)) checkInnerGraphs(state, at, inner);
  }
  checkTransitions(graph, location, diagnostics);
}
