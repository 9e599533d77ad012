import type { TaskState } from './definition.ts';
import { evaluateTemplate, evaluateTyped } from './evaluate.ts';
import { aString, limitSeconds } from './expected-types.ts';
import type { Json } from './json.ts';
import { siteOf, type Visit } from './scope.ts';

/** A Task's fields, worked out. */
export interface PreparedTask {
  readonly arguments: Json;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  /** The role that `Credentials` names. */
  readonly roleArn: string | undefined;
}

/** Works out a Task's fields. */
export async function prepareTask(visit: Visit, state: TaskState): Promise<PreparedTask> {
  const site = siteOf(visit);
  const time = (field: 'TimeoutSeconds' | 'HeartbeatSeconds') => {
    const template = state[field];
    return template === undefined ? undefined : evaluateTyped(template, field, site, limitSeconds);
  };
  const role = state.Credentials?.RoleArn;
  return {
    arguments: state.Arguments === undefined ? visit.input : await evaluateTemplate(state.Arguments, 'Arguments', site),
    timeoutSeconds: await time('TimeoutSeconds'),
    heartbeatSeconds: await time('HeartbeatSeconds'),
    roleArn: role === undefined ? undefined : await evaluateTyped(role, 'Credentials/RoleArn', site, aString),
  };
}
