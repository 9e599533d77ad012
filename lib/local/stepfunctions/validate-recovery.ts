import type { Diagnostics } from './diagnostics.ts';
import { fieldChecks, kinds, type FieldChecks } from './field-checks.ts';
import { isArray, isObject, type Json, type JsonObject } from './json.ts';
import { catcherFields, retrierFields } from './state-fields.ts';

/** Checks one entry's `ErrorEquals`: `States.ALL` stands alone and comes last (States Language specification: fallback). */
function checkErrorEquals(checks: FieldChecks, isLast: boolean): void {
  if (!checks.required('ErrorEquals')) return;
  checks.kind('ErrorEquals', kinds.errorNames);
  const names = checks.object['ErrorEquals'];
  if (!isArray(names) || !names.includes('States.ALL')) return;
  if (names.length > 1) checks.problem('ErrorEquals', "'States.ALL' must be the only error name");
  if (!isLast) checks.problem('ErrorEquals', "'States.ALL' must be in the last entry");
}

function checkRetrier(checks: FieldChecks): void {
  checks.only(retrierFields);
  checks.kind('IntervalSeconds', kinds.fixedTimeout);
  checks.kind('BackoffRate', kinds.backoff);
  checks.kind('MaxAttempts', kinds.attempts);
  checks.kind('MaxDelaySeconds', kinds.maxDelay);
  checks.kind('JitterStrategy', kinds.jitter);
  const { IntervalSeconds: interval = 1, MaxDelaySeconds: longest } = checks.object;
  if (typeof longest === 'number' && typeof interval === 'number' && longest <= interval) {
    checks.problem('MaxDelaySeconds', "'MaxDelaySeconds' must be greater than 'IntervalSeconds'");
  }
}

function checkCatcher(checks: FieldChecks): void {
  checks.only(catcherFields);
  if (checks.required('Next')) checks.kind('Next', kinds.string);
  checks.kind('Assign', kinds.object);
}

/** Checks a state's Retry and Catch. */
export function checkRecovery(state: JsonObject, location: string, diagnostics: Diagnostics): void {
  for (const field of ['Retry', 'Catch'] as const) {
    const entries: Json = state[field] ?? [];
    if (!isArray(entries)) {
      diagnostics.schema(`Expected an array, but got ${JSON.stringify(entries)}`, `${location}/${field}`);
      continue;
    }
    for (const [index, entry] of entries.entries()) {
      const at = `${location}/${field}[${index}]`;
      if (!isObject(entry)) {
        diagnostics.schema(`Expected an object, but got ${JSON.stringify(entry)}`, at);
        continue;
      }
      const checks = fieldChecks(entry, at, diagnostics);
      checkErrorEquals(checks, index === entries.length - 1);
      if (field === 'Retry') checkRetrier(checks);
      else checkCatcher(checks);
    }
  }
}
