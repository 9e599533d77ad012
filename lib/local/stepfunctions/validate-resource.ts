import type { Diagnostics } from './diagnostics.ts';
import { ownIntegrations } from './integrations.ts';
import { isObject, type JsonObject } from './json.ts';
import { lambdaInvokeArguments } from './lambda-invoke.ts';
import { startExecutionArguments } from './start-execution-task.ts';
import { parseTaskResource } from './task-resource.ts';

/** What a definition is checked against, beside the States Language. */
export interface Setting {
  readonly type: 'STANDARD' | 'EXPRESS';
  /** The integrations that were handed in, by name. */
  readonly integrations: readonly string[];
}

const knownArguments: Readonly<Record<string, { readonly known: readonly string[]; readonly required: string }>> = {
  'lambda:invoke': { known: lambdaInvokeArguments, required: 'FunctionName' },
  'states:startExecution': { known: startExecutionArguments, required: 'StateMachineArn' },
};

function checkArguments(state: JsonObject, name: string, location: string, diagnostics: Diagnostics): void {
  const known = knownArguments[name];
  const given = state['Arguments'];
  if (!known || !isObject(given)) return;
  const at = `${location}/Arguments`;
  for (const argument of Object.keys(given)) {
    if (!known.known.includes(argument)) {
      diagnostics.schema(`The field '${argument}' is not supported by Step Functions`, at);
    }
  }
  if (!(known.required in given)) {
    diagnostics.schema(`The field '${known.required}' is required but was missing`, at);
  }
}

/** An Express machine's Tasks may not wait for what they call. The texts, the trailing space too, are recorded. */
export function checkExpress(pattern: string, at: string, diagnostics: Diagnostics): void {
  if (pattern === 'waitForTaskToken') {
    diagnostics.schema("Express state machine does not support '.waitForTaskToken' service integration ", at);
  } else if (pattern !== 'request-response') {
    diagnostics.schema("Express state machine does not support '.sync' service integration", at);
  }
}

/** Checks that a Task names something that is emulated. */
export function checkResource(state: JsonObject, location: string, setting: Setting, diagnostics: Diagnostics): void {
  const { Resource: text } = state;
  const at = `${location}/Resource`;
  if (text === undefined) {
    diagnostics.schema("The field 'Resource' is required but was missing", location);
    return;
  }
  const resource = typeof text === 'string' ? parseTaskResource(text) : undefined;
  if (!resource) {
    const why = 'The value is not a valid resource ARN, or the resource is not available in this region.';
    diagnostics.schema(`The resource provided ${String(text)} is not recognized. ${why}`, at);
    return;
  }
  if (resource.kind === 'function') return;
  if (setting.type === 'EXPRESS') checkExpress(resource.pattern, at, diagnostics);
  const own = ownIntegrations[resource.name as keyof typeof ownIntegrations];
  const emulated = setting.integrations.includes(resource.name)
    ? ['request-response', 'sync', 'sync:2', 'waitForTaskToken']
    : (own?.patterns ?? []);
  if (!emulated.some((pattern) => pattern === resource.pattern)) {
    diagnostics.schema(`The local AWS does not emulate the resource '${String(text)}'`, at);
  }
  if (!setting.integrations.includes(resource.name)) checkArguments(state, resource.name, location, diagnostics);
}
