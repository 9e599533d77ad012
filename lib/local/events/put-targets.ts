import type { PutTargetsRequest, PutTargetsResponse, Target } from '@aws-sdk/client-eventbridge';
import type { Call } from '../call.ts';
import { AwsFault } from '../call.ts';
import { type BusState, ruleNamed } from './bus-state.ts';
import { isFunction, isTopic } from './deliver.ts';
import { checkInputs } from './target-input.ts';

type Input = PutTargetsRequest & { Rule: string; Targets: Target[] };

// EventBridge quotas: targets per rule.
const MOST_TARGETS = 5;

const invalid = (message: string) => new AwsFault('ValidationException', message);

/** Gives a rule targets, or replaces those of the same ids. */
export function putTargets(input: Input, state: BusState, call: Call) {
  input.Targets.forEach(checkTarget);
  const rule = ruleNamed(state, input.Rule, input.EventBusName, call);
  const ids = input.Targets.map(({ Id }) => Id);
  const targets = [...rule.targets.filter(({ Id }) => !ids.includes(Id)), ...input.Targets];
  if (targets.length > MOST_TARGETS) {
    throw new AwsFault('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
  }
  state.putRule({ ...rule, targets });
  return { FailedEntryCount: 0, FailedEntries: [] } satisfies PutTargetsResponse;
}

function checkTarget(target: Target): void {
  const arn = target.Arn ?? '';
  if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(arn)) {
    throw invalid(`Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`);
  }
  checkInputs(target);
  const isStateMachine = /^arn:[^:]+:states:[^:]+:\d{12}:stateMachine:/.test(arn);
  if (!isStateMachine && !isFunction(arn) && !isTopic(arn)) {
    throw new AwsFault('NotEmulated', `the local AWS does not emulate targets like ${arn}`);
  }
  // Text: `aws events put-targets` of a CodePipeline, as its user noted it; that `states` needs a role too: cdk-preflight.
  if (isStateMachine && !target.RoleArn) throw invalid(`RoleArn is required for target ${arn}.`);
}
