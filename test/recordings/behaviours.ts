import type { Clock } from '../../lib/runtime.ts';
import { isArray, type Json } from '../../lib/local/stepfunctions/json.ts';
import type { FunctionResult } from '../../lib/local/stepfunctions/world.ts';
import type { Behaviour } from './case.ts';

/** A value as Python prints it. */
function pythonText(value: Json, nested = false): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return nested ? `'${value}'` : value;
  if (isArray(value)) return `[${value.map((item) => pythonText(item, true)).join(', ')}]`;
  if (typeof value === 'number') return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `'${name}': ${pythonText(member, true)}`);
  return `{${members.join(', ')}}`;
}

function raised({ errorType = 'Exception', errorMessage = '' }: Behaviour): FunctionResult {
  const raise = `raise ${errorType}("${errorMessage}")`;
  const stackTrace = [`  File "/var/task/handler.py", line 2, in handler\n    ${raise}\n`];
  const payload = { errorMessage, errorType, requestId: '11111111-2222-4333-8444-555555555555', stackTrace };
  return { payload, error: { name: errorType, cause: JSON.stringify(payload) } };
}

type Act = (behaviour: Behaviour, event: Json, clock: Clock) => FunctionResult | Promise<FunctionResult>;

const acts: Readonly<Record<string, Act>> = {
  echo: (_, event) => ({ payload: event }),
  returns: ({ value, valueRepeat }) => ({
    payload: valueRepeat ? valueRepeat.text.repeat(valueRepeat.times) : (value ?? null),
  }),
  'returns-text': ({ prefix = '' }, event) => ({ payload: prefix + pythonText(event) }),
  raises: raised,
  sleeps: async ({ seconds = 0 }, event, clock) => {
    await clock.pause(seconds * 1000);
    return { payload: event };
  },
};

/** The behaviours of functions that the runner can act out. */
export const functionBehaviours = Object.keys(acts);

/** Acts as a recorded function. */
export async function act(behaviour: Behaviour, event: Json, clock: Clock): Promise<FunctionResult> {
  const run = acts[behaviour.behaviour];
  if (!run) throw new Error(`no such behaviour: ${behaviour.behaviour}`);
  return run(behaviour, event, clock);
}
