import { awsFunctions, refusedFunctions } from './jsonata-functions.ts';
import { ownIntegrations } from './own-integrations.ts';
import {
  catcherFields,
  choiceRuleFields,
  commonFields,
  distributedFields,
  jsonPathFields,
  machineFields,
  retrierFields,
  stateFields,
} from './state-fields.ts';

/** What the interpreter does, for the list of what is supported. Anything else is refused by name when a machine is created. */
export const features = {
  queryLanguage: 'JSONata',
  machineFields,
  /** Fields by type of state, beside the common ones. */
  states: stateFields,
  commonFields,
  choiceRuleFields,
  retrierFields,
  catcherFields,
  /** Members of `$states`. */
  statesVariable: ['input', 'result', 'errorOutput', 'context'],
  /** Functions beside JSONata's own. */
  functions: awsFunctions,
  /** What a Task's resource may be, beside a function's ARN and the integrations handed in: name and ways to wait. */
  integrations: Object.entries(ownIntegrations).map(([name, { patterns }]) => ({ name, patterns })),
  /** What AWS has and we refuse. */
  refused: { fields: [...jsonPathFields, ...distributedFields], functions: refusedFunctions },
} as const;
