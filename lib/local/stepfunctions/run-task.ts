import { completeState } from './complete-state.ts';
import type { TaskState } from './definition.ts';
import { prepareTask } from './prepare-task.ts';
import { present } from './present.ts';
import { recover } from './recover.ts';
import { runFunctionTask } from './run-function-task.ts';
import { runIntegrationTask } from './run-integration-task.ts';
import type { Transition, Visit } from './scope.ts';
import { parseTaskResource } from './task-resource.ts';

/** Runs a Task. */
export function runTask(visit: Visit, state: TaskState): Promise<Transition> {
  const { world } = visit.scope;
  const resource = present(parseTaskResource(state.Resource));
  return recover(visit, state, async () => {
    // A task that goes on elsewhere can be answered by its token, a `.sync` one too (recorded: callback/sync_with_task_token).
    if (resource.kind === 'integration' && resource.pattern !== 'request-response') {
      visit.taskToken = world.tokens.issue(visit.scope.execution.machine.arn);
    }
    const task = await prepareTask(visit, state);
    const result =
      resource.kind === 'function'
        ? await runFunctionTask(visit, resource.arn, task)
        : await runIntegrationTask(visit, resource, task);
    return completeState(visit, { ending: state, sight: { result }, otherwise: result, next: state.Next });
  });
}
