import type { Diagnostics } from './diagnostics.ts';
import { expressionIn } from './expression.ts';
import { fieldChecks, kinds, type FieldChecks } from './field-checks.ts';
import { isArray, isObject } from './json.ts';
import { choiceRuleFields } from './state-fields.ts';
import { parseTimestamp } from './timestamp.ts';

function checkFlow(checks: FieldChecks): void {
  checks.kind('Next', kinds.string);
  checks.kind('End', kinds.true);
  const { Next, End } = checks.object;
  if (Next !== undefined && End !== undefined) checks.problem('End', "'Next' and 'End' exclude each other");
  if (Next === undefined && End === undefined) checks.required('Next');
}

function checkWait(checks: FieldChecks): void {
  const { Seconds, Timestamp } = checks.object;
  checks.kind('Seconds', kinds.seconds);
  if (
    typeof Timestamp === 'string' &&
    expressionIn(Timestamp) === undefined &&
    parseTimestamp(Timestamp) === undefined
  ) {
    // Recorded: base_scenarios/wait_timestamp_invalid.
    checks.problem('Timestamp', 'String does not match RFC3339 timestamp');
  }
  checks.kind('Timestamp', kinds.string);
  if (Seconds !== undefined && Timestamp !== undefined) {
    checks.problem('Timestamp', "'Seconds' and 'Timestamp' exclude each other");
  }
  if (Seconds === undefined && Timestamp === undefined) checks.required('Seconds');
}

function checkChoice(checks: FieldChecks, diagnostics: Diagnostics): void {
  checks.kind('Default', kinds.string);
  if (!checks.required('Choices')) return;
  checks.kind('Choices', kinds.array);
  const { Choices } = checks.object;
  if (!isArray(Choices)) return;
  if (Choices.length === 0) checks.problem('Choices', 'Expected at least one choice rule');
  for (const [index, rule] of Choices.entries()) {
    const at = `${checks.location}/Choices[${index}]`;
    if (!isObject(rule)) {
      diagnostics.schema(`Expected an object, but got ${JSON.stringify(rule)}`, at);
      continue;
    }
    const ruleChecks = fieldChecks(rule, at, diagnostics);
    ruleChecks.only(choiceRuleFields);
    if (ruleChecks.required('Condition')) ruleChecks.kind('Condition', kinds.boolean);
    if (ruleChecks.required('Next')) ruleChecks.kind('Next', kinds.string);
    ruleChecks.kind('Assign', kinds.object);
  }
}

function checkTask(checks: FieldChecks, diagnostics: Diagnostics): void {
  checks.kind('TimeoutSeconds', kinds.timeout);
  checks.kind('HeartbeatSeconds', kinds.timeout);
  const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat, Credentials } = checks.object;
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout) {
    checks.problem('HeartbeatSeconds', "'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'");
  }
  checks.kind('Credentials', kinds.object);
  if (!isObject(Credentials)) return;
  const credentials = fieldChecks(Credentials, `${checks.location}/Credentials`, diagnostics);
  if (!credentials.required('RoleArn')) return;
  credentials.only(['RoleArn']);
  credentials.kind('RoleArn', kinds.string);
}

function checkMap(checks: FieldChecks): void {
  checks.kind('Items', kinds.arrayOrExpression);
  checks.kind('MaxConcurrency', kinds.count);
  checks.kind('ToleratedFailureCount', kinds.count);
  checks.kind('ToleratedFailurePercentage', kinds.percentage);
}

/** Checks a state's fields, each by the type of the state. Its names, transitions and expressions are checked elsewhere. */
export function checkStateFields(checks: FieldChecks, diagnostics: Diagnostics): void {
  const { Type } = checks.object;
  checks.kind('Comment', kinds.string);
  checks.kind('Assign', kinds.object);
  if (Type !== 'Choice' && Type !== 'Succeed' && Type !== 'Fail') checkFlow(checks);
  if (Type === 'Wait') checkWait(checks);
  if (Type === 'Choice') checkChoice(checks, diagnostics);
  if (Type === 'Task') checkTask(checks, diagnostics);
  if (Type === 'Map') checkMap(checks);
  if (Type === 'Fail') {
    checks.kind('Error', kinds.string);
    checks.kind('Cause', kinds.string);
  }
}
