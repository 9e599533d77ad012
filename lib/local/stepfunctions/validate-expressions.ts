import type { Diagnostics } from './diagnostics.ts';
import { compile, expressionIn, jsonataProblem } from './expression.ts';
import { isArray, isObject, type Json } from './json.ts';
import { topLevelReferences } from './top-level-references.ts';

/** Where an expression stands, which decides what it may read. */
export interface ExpressionPlace {
  readonly location: string;
  readonly inCatcher: boolean;
}

function checkExpression(source: string, place: ExpressionPlace, diagnostics: Diagnostics): void {
  let names: string[];
  try {
    names = topLevelReferences(compile(source));
  } catch (thrown) {
    // The parser's own message without its code (measured in floci-io/floci#2745).
    diagnostics.add('INVALID_JSONATA_EXPRESSION', jsonataProblem(thrown, false), place.location);
    return;
  }
  for (const name of names) {
    const message = `Reference to '${name}' at the top level is not supported.`;
    diagnostics.add('UNSUPPORTED_JSONATA_EXPRESSION', message, place.location);
  }
  if (!place.inCatcher && /\$states\s*\.\s*errorOutput\b/.test(source)) {
    const message = "Reference to '$states.errorOutput' outside of a Catch is not supported.";
    diagnostics.add('UNSUPPORTED_JSONATA_EXPRESSION', message, place.location);
  }
}

/** Checks every expression in a value. Locations are those of AWS's diagnostics: `/States/E/Output/v`. */
export function checkExpressions(value: Json, place: ExpressionPlace, diagnostics: Diagnostics): void {
  const inside = (part: string | number): ExpressionPlace => ({
    ...place,
    location: typeof part === 'number' ? `${place.location}[${part}]` : `${place.location}/${part}`,
  });
  if (typeof value === 'string') {
    const source = expressionIn(value);
    if (source !== undefined) checkExpression(source, place, diagnostics);
  } else if (isArray(value)) {
    for (const [index, item] of value.entries()) checkExpressions(item, inside(index), diagnostics);
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) checkExpressions(member, inside(name), diagnostics);
  }
}
