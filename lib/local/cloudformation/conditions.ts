import { type Names, resolveText } from './intrinsics.ts';
import { isMembers, type Members } from './template.ts';
import { refuse } from './template-error.ts';

type Holds = (condition: unknown, path: string, names: Names) => boolean;

const all = (argument: unknown, path: string, names: Names): boolean[] =>
  Array.isArray(argument)
    ? argument.map((part, index) => evaluate(part, `${path}.${index}`, names))
    : refuse(path, `expected a list, it is ${JSON.stringify(argument)}`);

// CloudFormation user guide, "Condition functions". Both sides of an Fn::Equals are texts.
const FUNCTIONS: Readonly<Record<string, Holds>> = {
  'Fn::Equals': (argument, path, names) => {
    const [one, other] = Array.isArray(argument) ? argument : [];
    return resolveText(one, `${path}.0`, names) === resolveText(other, `${path}.1`, names);
  },
  'Fn::And': (argument, path, names) => all(argument, path, names).every(Boolean),
  'Fn::Or': (argument, path, names) => all(argument, path, names).some(Boolean),
  'Fn::Not': (argument, path, names) => !all(argument, path, names)[0],
  Condition: (name, path, names) => names.holds(String(name), path),
};

/** The names of the condition functions that are known. */
export const conditionFunctions = Object.keys(FUNCTIONS);

function evaluate(condition: unknown, path: string, names: Names): boolean {
  const [name = '', ...others] = isMembers(condition) ? Object.keys(condition) : [];
  const test = FUNCTIONS[name];
  if (!isMembers(condition) || !test || others.length > 0) {
    return refuse(
      path,
      `the local AWS knows no condition ${JSON.stringify(condition)}; it knows ${conditionFunctions.join(', ')}`,
    );
  }
  return test(condition[name], `${path}.${name}`, names);
}

/** Whether the condition of that name holds, or its refusal. */
export function conditionHolds(name: string, conditions: Members, path: string, names: Names): boolean {
  if (!Object.hasOwn(conditions, name)) return refuse(path, `there is no condition '${name}'`);
  return evaluate(conditions[name], `Conditions.${name}`, names);
}
