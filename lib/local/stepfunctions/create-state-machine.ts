import type { CreateStateMachineInput, CreateStateMachineOutput } from '@aws-sdk/client-sfn';
import { AwsFault, type Call } from '../call.ts';
import { invalidDefinition } from './diagnostics.ts';
import type { MachineRevision } from './execution.ts';
import { checkName } from './names.ts';
import { refuseOptions } from './refuse-options.ts';
import { validateDefinition } from './validate-definition.ts';
import type { World } from './world.ts';

/** Throws `InvalidArn` unless the text may be a role's ARN. */
export function checkRoleArn(arn: string): void {
  if (!/^arn:[a-z-]+:iam::\d{12}:role\//.test(arn)) throw new AwsFault('InvalidArn', `Invalid Role Arn: '${arn}'`);
}

/** Creates a state machine; the same call again answers the machine that is there. */
export function createStateMachine(input: CreateStateMachineInput, world: World, call: Call): CreateStateMachineOutput {
  const { name = '', definition: definitionText = '', roleArn = '', type = 'STANDARD' } = input;
  refuseOptions(input);
  checkName(name);
  checkRoleArn(roleArn);
  const checked = validateDefinition(definitionText, type, world.handedIn);
  if ('diagnostics' in checked) throw invalidDefinition(checked.diagnostics);
  const { region, caller } = call;
  const arn = `arn:${caller.partition}:states:${region}:${caller.accountId}:stateMachine:${name}`;
  const known = world.machines.get(arn);
  if (known?.status === 'DELETING') {
    throw new AwsFault('StateMachineDeleting', `State Machine is being deleted: '${arn}'`);
  }
  if (known) {
    // Name, definition and type tell machines apart; another role is ignored (client-sfn, CreateStateMachine).
    if (known.revision.definitionText !== definitionText || known.revision.type !== type) {
      throw new AwsFault('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
    }
    return { stateMachineArn: arn, creationDate: new Date(known.createdMs) };
  }
  const now = world.clock.now();
  const { definition } = checked;
  const revision: MachineRevision = { arn, name, roleArn, definitionText, definition, type, updatedMs: now };
  world.machines.set(arn, { revision, createdMs: now, status: 'ACTIVE' });
  return { stateMachineArn: arn, creationDate: new Date(now) };
}
