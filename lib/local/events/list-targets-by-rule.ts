import type { ListTargetsByRuleRequest, ListTargetsByRuleResponse } from '@aws-sdk/client-eventbridge';
import type { Call } from '../call.ts';
import { type BusState, ruleNamed } from './bus-state.ts';
import { pageOf } from './rule-pages.ts';

/** Lists a rule's targets. */
export function listTargetsByRule(input: ListTargetsByRuleRequest & { Rule: string }, state: BusState, call: Call) {
  const { targets } = ruleNamed(state, input.Rule, input.EventBusName, call);
  const inOrder = targets.toSorted((one, other) => ((one.Id ?? '') < (other.Id ?? '') ? -1 : 1));
  const { items, ...next } = pageOf(inOrder, ({ Id = '' }) => Id, input);
  return { Targets: [...items], ...next } satisfies ListTargetsByRuleResponse;
}
