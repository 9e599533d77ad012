import type { Call } from '../call.ts';
import { AwsFault } from '../call.ts';
import { type BusState, checkBus, ruleRef } from './bus-state.ts';

/** Deletes a rule without targets; one that is not there is deleted already. */
export function deleteRule(input: { Name: string; EventBusName?: string }, state: BusState, call: Call): object {
  checkBus(input.EventBusName, call);
  const ref = ruleRef(input.Name, call);
  if (state.rule(ref)?.targets.length) {
    // Text: hashicorp/terraform-provider-aws#18519.
    throw new AwsFault('ValidationException', "Rule can't be deleted since it has targets.");
  }
  state.removeRule(ref);
  return {};
}
