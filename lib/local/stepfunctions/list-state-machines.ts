import type { ListStateMachinesInput, ListStateMachinesOutput } from '@aws-sdk/client-sfn';
import type { Call } from '../call.ts';
import { page } from './paging.ts';
import type { World } from './world.ts';

/** The state machines of the caller's account in the call's region. */
export function listStateMachines(input: ListStateMachinesInput, world: World, call: Call): ListStateMachinesOutput {
  const prefix = `arn:${call.caller.partition}:states:${call.region}:${call.caller.accountId}:`;
  const machines = [...world.machines.values()].filter(({ revision }) => revision.arn.startsWith(prefix));
  const { items, nextToken } = page(machines, input);
  return {
    stateMachines: items.map(({ revision: { arn, name, type }, createdMs }) => ({
      stateMachineArn: arn,
      name,
      type,
      creationDate: new Date(createdMs),
    })),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}
