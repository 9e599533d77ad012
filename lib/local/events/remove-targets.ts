import type { RemoveTargetsResponse } from '@aws-sdk/client-eventbridge';
import type { Call } from '../call.ts';
import { type BusState, ruleNamed } from './bus-state.ts';

/** Takes targets from a rule; ids that it doesn't have are passed over. */
export function removeTargets(
  input: { Rule: string; EventBusName?: string; Ids: string[] },
  state: BusState,
  call: Call,
) {
  const rule = ruleNamed(state, input.Rule, input.EventBusName, call);
  const targets = rule.targets.filter(({ Id = '' }) => !input.Ids.includes(Id));
  state.putRule({ ...rule, targets });
  return { FailedEntryCount: 0, FailedEntries: [] } satisfies RemoveTargetsResponse;
}
