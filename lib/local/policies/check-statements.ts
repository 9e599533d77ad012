import type { PolicyStatement } from '../deployment.ts';
import { CONDITION_KEYS, type ConditionKey, GLOBAL_KEYS } from './condition-keys.ts';
import { conditionOperator } from './condition-operators.ts';
import { coversAction } from './pattern.ts';

const GLOBAL: ConditionKey = { isMultivalued: false, values: () => undefined };

/** The key of that name that an action has. */
function keyOf(action: string, name: string): ConditionKey | undefined {
  const wanted = name.toLowerCase();
  if (GLOBAL_KEYS.includes(wanted)) return GLOBAL;
  const keys = Object.entries(CONDITION_KEYS[action] ?? {});
  return keys.find(([key]) => {
    const own = key.toLowerCase();
    return own.endsWith('/*') ? wanted.startsWith(own.slice(0, -1)) && wanted.length >= own.length : own === wanted;
  })?.[1];
}

/** The actions that a pattern covers, of those that have keys of their own; else the pattern itself. */
function actionsOf(pattern: string): readonly string[] {
  const known = Object.keys(CONDITION_KEYS).filter((action) => coversAction(pattern, action));
  return known.length > 0 ? known : [pattern];
}

function problemOf({ actions, resources, conditions = {} }: PolicyStatement): string | undefined {
  const written = [...resources, ...Object.values(conditions).flatMap((byKey) => Object.values(byKey).flat())];
  const variable = written.find((text) => text.includes('${'));
  if (variable !== undefined) return `'${variable}' has a policy variable, and those are not evaluated`;
  for (const [operatorName, byKey] of Object.entries(conditions)) {
    const operator = conditionOperator(operatorName);
    if (!operator) return `condition operator '${operatorName}' is not evaluated`;
    for (const key of Object.keys(byKey)) {
      for (const action of actions.flatMap(actionsOf)) {
        const found = keyOf(action, key);
        if (!found)
          return `'${action}' has no condition key '${key}' that is evaluated; IAM would ignore a wrong one silently`;
        if (found.isMultivalued && !operator.set && !operator.isOfPresence) {
          return `condition key '${key}' may have several values: '${operatorName}' needs ForAllValues: or ForAnyValue: before it`;
        }
      }
    }
  }
  return undefined;
}

/** Throws where statements hold what would not be evaluated as on AWS: said at deploy, by name, rather than ignored. */
export function checkStatements(owner: string, statements: readonly PolicyStatement[]): void {
  for (const [index, statement] of statements.entries()) {
    const problem = problemOf(statement);
    if (problem) throw new Error(`statement ${index} of '${owner}': ${problem}`);
  }
}
