import type { Diagnostics } from './diagnostics.ts';
import { isObject, isString, type JsonObject } from './json.ts';
import { ownIntegrations } from './own-integrations.ts';
import { parseTaskResource, patterns } from './task-resource.ts';

/** What a definition is checked against, beside the States Language. */
export interface Setting {
  readonly type: 'STANDARD' | 'EXPRESS';
  /** The integrations that were handed in, by name. */
  readonly integrations: readonly string[];
}

function checkArguments(state: JsonObject, name: string, location: string, diagnostics: Diagnostics): void {
  const known = ownIntegrations[name];
  const given = state['Arguments'];
  if (!known || !isObject(given)) return;
  const at = `${location}/Arguments`;
  for (const argument of Object.keys(given)) {
    if (!known.arguments.includes(argument)) {
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
  const { Resource: given } = state;
  const at = `${location}/Resource`;
  if (given === undefined) {
    diagnostics.schema("The field 'Resource' is required but was missing", location);
    return;
  }
  const text = isString(given) ? given : JSON.stringify(given);
  const resource = parseTaskResource(text);
  if (!resource && /^arn:[a-z-]+:states:[a-z0-9-]*:\d*:(?:activity|http):/.test(text)) {
    diagnostics.schema(`The local AWS does not emulate the resource '${text}'`, at);
    return;
  }
  if (!resource) {
    const why = 'The value is not a valid resource ARN, or the resource is not available in this region.';
    diagnostics.schema(`The resource provided ${text} is not recognized. ${why}`, at);
    return;
  }
  if (resource.kind === 'function') return;
  if (setting.type === 'EXPRESS') checkExpress(resource.pattern, at, diagnostics);
  const handedIn = setting.integrations.includes(resource.name);
  const emulated = handedIn ? patterns : (ownIntegrations[resource.name]?.patterns ?? []);
  if (!emulated.includes(resource.pattern)) {
    diagnostics.schema(`The local AWS does not emulate the resource '${text}'`, at);
  }
  if (!handedIn) checkArguments(state, resource.name, location, diagnostics);
}
