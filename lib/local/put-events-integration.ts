import type { Random } from '../runtime.ts';
import type { LocalService } from './call.ts';
import { actionContext } from './policies/condition-keys.ts';
import type { AuthorizeRole } from './role-access.ts';
import { innerCall } from './inner-call.ts';
import { randomUuid } from './seeded-random.ts';
import { isObject, type Json, type JsonObject } from './stepfunctions/json.ts';
import { IntegrationFailure } from './stepfunctions/service-failure.ts';
import type { Integration } from './stepfunctions/world.ts';

/** Step Functions takes `Detail` as JSON and adds who sent it (developer guide, "Call EventBridge with Step Functions"). */
function entryFrom(entry: Json, resources: readonly string[]): JsonObject {
  const given = isObject(entry) ? entry : {};
  const detail = given['Detail'];
  const own = Array.isArray(given['Resources']) ? given['Resources'] : [];
  const text = detail === undefined || typeof detail === 'string' ? detail : JSON.stringify(detail);
  return { ...given, ...(text !== undefined && { Detail: text }), Resources: [...own, ...resources] };
}

/** What the integration with the event bus works with. */
export interface PutEventsWorld {
  readonly random: Random;
  readonly events: LocalService;
  readonly now: () => number;
  readonly authorize: AuthorizeRole;
}

/** `arn:…:states:::events:putEvents`. */
export function putEventsIntegration({ random, events, now, authorize }: PutEventsWorld): Integration {
  return async ({ arguments: given, partition, accountId, region, ...task }) => {
    const entries = isObject(given) && Array.isArray(given['Entries']) ? given['Entries'] : [];
    const resource = `arn:${partition}:events:${region}:${accountId}:event-bus/default`;
    for (const entry of entries) {
      const context = actionContext('events:PutEvents', {
        input: isObject(entry) ? entry : {},
        operation: 'PutEvents',
      });
      authorize({ roleArn: task.roleArn, action: 'events:PutEvents', resource, context });
    }
    const resources = [task.executionArn, task.stateMachineArn];
    const input = { Entries: entries.map((entry: Json) => entryFrom(entry, resources)) };
    const where = { partition, accountId, region };
    const call = innerCall('events:PutEvents', where, task.roleArn, { now: now(), requestId: randomUuid(random) });
    const answer = JSON.stringify(await events.operations['PutEvents']?.(input, call));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JSON.stringify wrote is JSON
    const output = JSON.parse(answer) as JsonObject;
    // "If any entry fails, the task fails with EventBridge.FailedEntry" (same page).
    if (output['FailedEntryCount'] !== 0) throw new IntegrationFailure('EventBridge.FailedEntry', answer);
    return { output };
  };
}
