import type { Call } from '../call.ts';
import { type BusState, ruleNamed } from './bus-state.ts';

interface Input {
  readonly Name: string;
  readonly EventBusName?: string;
}

/** Lets a rule match again. */
export function enableRule(input: Input, state: BusState, call: Call): object {
  state.putRule({ ...ruleNamed(state, input.Name, input.EventBusName, call), state: 'ENABLED' });
  return {};
}
