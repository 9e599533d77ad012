import type { Template } from './definition.ts';
import { evaluateTemplate } from './evaluate.ts';
import { StateFailure } from './failure.ts';
import { notTruncated } from './history.ts';
import { exceedsDataLimit, type Json } from './json.ts';
import { siteOf, type Sight, type Transition, type Visit } from './scope.ts';

/** The fields that say how a state, a Choice rule or a catcher ends. */
interface Ending {
  readonly Output?: Template;
  readonly Assign?: Record<string, Template>;
}

/** How to leave a state. */
export interface Completion {
  /** The state itself, a Choice rule or a catcher. */
  readonly ending: Ending;
  /** Where `ending` is in the state: empty, `Choices[0]/` or `Catch[0]/`. */
  readonly at?: string;
  readonly sight?: Sight;
  /** The output where there is no `Output`. */
  readonly otherwise: Json;
  readonly next: string | undefined;
}

/** AWS's words for a result or output over 256 KiB (recorded). */
export const tooLarge = (what: string): string =>
  `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`;

async function evaluateAssignments(visit: Visit, completion: Completion): Promise<Record<string, Json>> {
  const assigned: Record<string, Json> = {};
  const site = siteOf(visit, completion.sight);
  for (const [name, template] of Object.entries(completion.ending.Assign ?? {})) {
    assigned[name] = await evaluateTemplate(template, `${completion.at ?? ''}Assign/${name}`, site);
  }
  return assigned;
}

/** Works out a state's assignments and output, both from the variables as they were before it, and leaves the state. */
export async function completeState(visit: Visit, completion: Completion): Promise<Transition> {
  const { scope, type, name } = visit;
  if (type === 'Fail') throw new Error('a Fail state has no exit');
  const assigned = await evaluateAssignments(visit, completion);
  const { Output: template } = completion.ending;
  const output =
    template === undefined
      ? completion.otherwise
      : await evaluateTemplate(template, `${completion.at ?? ''}Output`, siteOf(visit, completion.sight));
  const outputText = JSON.stringify(output);
  if (exceedsDataLimit(outputText)) throw new StateFailure('States.DataLimitExceeded', tooLarge(name));
  const variables = Object.entries(assigned).map(([variable, value]) => [variable, JSON.stringify(value)] as const);
  scope.thread.add(`${type}StateExited`, {
    stateExitedEventDetails: {
      name,
      output: outputText,
      outputDetails: notTruncated,
      ...(variables.length > 0
        ? { assignedVariables: Object.fromEntries(variables), assignedVariablesDetails: notTruncated }
        : {}),
    },
  });
  visit.closed = true;
  Object.assign(scope.journal.variables, assigned);
  return { next: completion.next, output };
}
