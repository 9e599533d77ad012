import type { ListRulesRequest, ListRulesResponse } from '@aws-sdk/client-eventbridge';
import type { Call } from '../call.ts';
import { type BusState, checkBus } from './bus-state.ts';
import { ruleAnswer } from './describe-rule.ts';
import { pageOf } from './rule-pages.ts';

/** Lists the rules of the caller's bus. */
export function listRules(input: ListRulesRequest, state: BusState, call: Call) {
  checkBus(input.EventBusName, call);
  const rules = state
    .rulesOf(call.caller.accountId, call.region)
    .filter(({ name }) => name.startsWith(input.NamePrefix ?? ''));
  const { items, ...next } = pageOf(rules, ({ name }) => name, input);
  return { Rules: items.map(ruleAnswer), ...next } satisfies ListRulesResponse;
}
