import type { RunningRebinds } from '../core/ports.ts';
import type { Clients } from './clients.ts';
import { nameErrors } from './name-errors.ts';
import { newestFirst } from './sfn-newest-executions.ts';

/** IAM actions of the port `runningRebinds`. */
export const SFN_RUNNING_REBINDS_ACTIONS = ['states:ListExecutions'] as const;

/** Lists the executions of `rebind-entry` that run. */
export function sfnRunningRebinds(clients: Clients, stateMachineArn: string): RunningRebinds {
  return {
    names: () =>
      nameErrors('states:ListExecutions', async () => {
        const names: string[] = [];
        for await (const { name } of newestFirst(clients, stateMachineArn, 'RUNNING')) names.push(String(name));
        return names;
      }),
  };
}
