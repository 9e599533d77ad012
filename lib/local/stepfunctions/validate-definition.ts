import type { Definition } from './definition.ts';
import { Diagnostics, type Diagnostic } from './diagnostics.ts';
import { fieldChecks, kinds } from './field-checks.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { parseJson } from './parse-json.ts';
import { machineFields } from './state-fields.ts';
import { checkGraph } from './validate-graph.ts';
import { checkJsonPath } from './validate-json-path.ts';

/** A definition that may be run, or what is wrong with it. */
export type CheckedDefinition = { readonly definition: Definition } | { readonly diagnostics: readonly Diagnostic[] };

// Jackson quotes 500 characters of the source.
const QUOTED = 500;

function sourceLocation(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  const left = text.length - QUOTED;
  const quoted = left > 0 ? `"${text.slice(0, QUOTED)}"[truncated ${left} chars]` : `"${text}"`;
  return `[Source: (String)${quoted}; line: ${before.length}, column: ${(before.at(-1)?.length ?? 0) + 1}]`;
}

/** A definition in which nothing was found is one that the interpreter can run. */
const isChecked = (_machine: unknown, found: readonly Diagnostic[]): _machine is Definition => found.length === 0;

function checkMachine(machine: JsonObject, diagnostics: Diagnostics): void {
  const checks = fieldChecks(machine, '/', diagnostics);
  checks.kind('Comment', kinds.string);
  checks.kind('TimeoutSeconds', kinds.fixedTimeout);
  checks.kind('Version', { what: "'1.0'", holds: (value: Json) => value === '1.0' });
}

/** Checks a definition: only what the interpreter does exactly gets through, and all else is named. */
export function validateDefinition(
  text: string,
  type: 'STANDARD' | 'EXPRESS',
  integrations: readonly string[],
): CheckedDefinition {
  const diagnostics = new Diagnostics();
  const parsed = parseJson(text);
  if (!('value' in parsed)) {
    // Recorded: sfn_api_validation/validate_state_machine_definition_not_a_definition[NOT_A_DEF].
    const location = sourceLocation(text, parsed.offset);
    diagnostics.add('INVALID_JSON_DESCRIPTION', `${parsed.problem}\n at ${location}`, location);
    return { diagnostics: diagnostics.found };
  }
  const machine = parsed.value;
  const setting = { type, integrations };
  if (isObject(machine) && machine['QueryLanguage'] !== 'JSONata') {
    checkJsonPath(machine, setting, diagnostics);
  } else {
    checkGraph(machine, '', machineFields, { setting, diagnostics, outer: new Set() });
    if (isObject(machine)) checkMachine(machine, diagnostics);
  }
  return isChecked(machine, diagnostics.found) ? { definition: machine } : { diagnostics: diagnostics.found };
}
