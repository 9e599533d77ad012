import { completeState } from './complete-state.ts';
import type { TaskState } from './definition.ts';
import { evaluateTemplate, evaluateTyped } from './evaluate.ts';
import { runFunctionTask } from './run-function-task.ts';
import { runIntegrationTask } from './run-integration-task.ts';
import type { Json } from './json.ts';
import { recover } from './recover.ts';
import { siteOf, type Transition, type Visit } from './scope.ts';
import { parseTaskResource, type TaskResource } from './task-resource.ts';

/** A Task's fields, worked out. */
export interface PreparedTask {
  readonly arguments: Json;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  /** The role that `Credentials` names. */
  readonly roleArn: string | undefined;
}

// Both times may be up to 99,999,999 seconds (developer guide: Task state).
const seconds = {
  type: 'integer',
  holds: (value: Json) => typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 99_999_999,
} as const;
const aString = { type: 'string', holds: (value: Json) => typeof value === 'string' } as const;

async function prepare(visit: Visit<TaskState>): Promise<PreparedTask> {
  const { state, input } = visit;
  const site = siteOf(visit);
  const time = (field: 'TimeoutSeconds' | 'HeartbeatSeconds') => {
    const template = state[field];
    return template === undefined ? undefined : evaluateTyped<number>(template, field, site, seconds);
  };
  const role = state.Credentials?.RoleArn;
  return {
    arguments: state.Arguments === undefined ? input : await evaluateTemplate(state.Arguments, 'Arguments', site),
    timeoutSeconds: await time('TimeoutSeconds'),
    heartbeatSeconds: await time('HeartbeatSeconds'),
    roleArn: role === undefined ? undefined : await evaluateTyped<string>(role, 'Credentials/RoleArn', site, aString),
  };
}

/** Runs a Task. */
export function runTask(visit: Visit<TaskState>): Promise<Transition> {
  const { state, scope } = visit;
  const resource = parseTaskResource(state.Resource) as TaskResource;
  return recover(visit, async () => {
    // A task that goes on elsewhere can be answered by its token, a `.sync` one too (recorded: callback/sync_with_task_token).
    if (resource.kind === 'integration' && resource.pattern !== 'request-response') {
      visit.taskToken = scope.world.tokens.issue();
    }
    const task = await prepare(visit);
    const result =
      resource.kind === 'function'
        ? await runFunctionTask(visit, resource.arn, task)
        : await runIntegrationTask(visit, resource, task);
    return completeState(visit, { ending: state, sight: { result }, otherwise: result, next: state.Next });
  });
}
