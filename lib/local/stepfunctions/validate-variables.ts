import type { Diagnostics } from './diagnostics.ts';
import { isArray, isObject, type JsonObject } from './json.ts';

/** The places in a state that assign variables, with their location in the state. */
function assignments(state: JsonObject): { readonly at: string; readonly assign: JsonObject }[] {
  const own = isObject(state['Assign']) ? [{ at: 'Assign', assign: state['Assign'] }] : [];
  const inEntries = ['Choices', 'Catch'].flatMap((field) => {
    const entries = state[field];
    if (!isArray(entries)) return [];
    return entries.flatMap((entry, index) =>
      isObject(entry) && isObject(entry['Assign'])
        ? [{ at: `${field}[${index}]/Assign`, assign: entry['Assign'] }]
        : [],
    );
  });
  return [...own, ...inEntries];
}

/** All variables that states assign, those of branches and iterations left out. */
export const assignedIn = (states: JsonObject): string[] =>
  Object.values(states).flatMap((state) =>
    isObject(state) ? assignments(state).flatMap(({ assign }) => Object.keys(assign)) : [],
  );

// Names of variables: Unicode identifiers of up to 80 characters (developer guide: passing data with variables).
const variableName = /^[\p{ID_Start}_][\p{ID_Continue}_]{0,79}$/u;

/** Checks what a state assigns: names, the reserved one, and variables of scopes around it, which it may only read. */
export function checkAssignments(
  state: JsonObject,
  location: string,
  scope: { readonly outer: ReadonlySet<string>; readonly diagnostics: Diagnostics },
): void {
  for (const { at, assign } of assignments(state)) {
    for (const name of Object.keys(assign)) {
      const place = `${location}/${at}/${name}`;
      if (name === 'states') scope.diagnostics.schema("Variable name 'states' is reserved", place);
      else if (!variableName.test(name)) scope.diagnostics.schema(`Invalid variable name '${name}'`, place);
      if (scope.outer.has(name)) {
        scope.diagnostics.schema(`Variable '${name}' is assigned in an outer scope and can only be read here`, place);
      }
    }
  }
}
