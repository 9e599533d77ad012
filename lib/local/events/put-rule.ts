import type { PutRuleRequest, PutRuleResponse, RuleState } from '@aws-sdk/client-eventbridge';
import type { Call } from '../call.ts';
import { AwsFault } from '../call.ts';
import { type BusState, checkBus, ruleRef } from './bus-state.ts';
import { compileEventPattern, type EventPattern } from './event-pattern.ts';
import { InvalidEventPattern } from './invalid-event-pattern.ts';

const STATES: readonly RuleState[] = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'];

// Measured: 2,015 bytes are taken and 2,107 are not, whatever the 4,096 of the model (cdk-preflight, 2026-09).
const MOST_PATTERN_BYTES = 2_048;

const invalid = (message: string) => new AwsFault('ValidationException', message);

/** Makes a rule or replaces its pattern and state; its targets stay. */
export function putRule(input: PutRuleRequest & { Name: string }, state: BusState, call: Call) {
  checkBus(input.EventBusName, call);
  const { Name: name, EventPattern: patternText, State: ruleState = 'ENABLED' } = input;
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) {
    const rule = String.raw`Member must satisfy regular expression pattern: [\.\-_A-Za-z0-9]+`;
    throw invalid(`1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: ${rule}`);
  }
  if (!STATES.includes(ruleState)) {
    const rule = `Member must satisfy enum value set: [${STATES.join(', ')}]`;
    throw invalid(`1 validation error detected: Value '${ruleState}' at 'state' failed to satisfy constraint: ${rule}`);
  }
  for (const member of ['ScheduleExpression', 'Tags'] as const) {
    if (input[member]?.length) throw new AwsFault('NotEmulated', `the local AWS does not emulate ${member} of rules`);
  }
  if (!patternText) throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  const pattern = compiled(patternText);
  if (Buffer.byteLength(patternText) > MOST_PATTERN_BYTES) {
    // The text was measured (cdk-preflight); the fault's name was not noted with it.
    const text = `Parameter EventPattern for rule ${name} exceeds limit of ${MOST_PATTERN_BYTES}.`;
    throw new AwsFault('LimitExceededException', text);
  }
  const ref = ruleRef(name, call);
  const { partition } = call.caller;
  const arn = `arn:${partition}:events:${ref.region}:${ref.accountId}:rule/${name}`;
  state.putRule({
    ...ref,
    arn,
    pattern,
    patternText,
    state: ruleState,
    description: input.Description,
    roleArn: input.RoleArn,
    createdBy: ref.accountId,
    targets: state.rule(ref)?.targets ?? [],
  });
  return { RuleArn: arn } satisfies PutRuleResponse;
}

/** A pattern, or EventBridge's refusal of it. */
export function compiled(patternText: string): EventPattern {
  try {
    return compileEventPattern(patternText);
  } catch (error) {
    if (!(error instanceof InvalidEventPattern)) throw error;
    throw new AwsFault('InvalidEventPatternException', `Event pattern is not valid. Reason: ${error.message}`);
  }
}
