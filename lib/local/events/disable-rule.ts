import type { Call } from '../call.ts';
import { type BusState, ruleNamed } from './bus-state.ts';

/** Lets a rule match nothing until it is enabled again. */
export function disableRule(input: { Name: string; EventBusName?: string }, state: BusState, call: Call): object {
  state.putRule({ ...ruleNamed(state, input.Name, input.EventBusName, call), state: 'DISABLED' });
  return {};
}
