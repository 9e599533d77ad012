import type { UpdateStateMachineInput, UpdateStateMachineOutput } from '@aws-sdk/client-sfn';
import { AwsFault } from '../call.ts';
import { randomUuid } from '../seeded-random.ts';
import { findMachine } from './arn.ts';
import { checkRoleArn } from './create-state-machine.ts';
import { invalidDefinition } from './diagnostics.ts';
import { refuseOptions } from './refuse-options.ts';
import { validateDefinition } from './validate-definition.ts';
import type { World } from './world.ts';

/** Gives a state machine another definition or role; executions under way keep theirs. */
export function updateStateMachine(input: UpdateStateMachineInput, world: World): UpdateStateMachineOutput {
  const machine = findMachine(world, input.stateMachineArn);
  refuseOptions(input);
  if (machine.status === 'DELETING') {
    throw new AwsFault('StateMachineDeleting', `State Machine is being deleted: '${machine.revision.arn}'`);
  }
  if (input.definition === undefined && input.roleArn === undefined) {
    throw new AwsFault(
      'MissingRequiredParameter',
      'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
    );
  }
  const { revision } = machine;
  const { definition: definitionText = revision.definitionText, roleArn = revision.roleArn } = input;
  checkRoleArn(roleArn);
  const checked = validateDefinition(definitionText, revision.type, world.handedIn);
  if ('diagnostics' in checked) throw invalidDefinition(checked.diagnostics);
  const now = world.clock.now();
  // Recorded: an update that changes nothing keeps the revision (sfn_api/create_update_state_machine_same_parameters).
  const changed = definitionText !== revision.definitionText || roleArn !== revision.roleArn;
  const revisionId = changed ? randomUuid(world.random) : revision.revisionId;
  machine.revision = {
    ...revision,
    definitionText,
    roleArn,
    definition: checked.definition,
    updatedMs: now,
    ...(revisionId === undefined ? {} : { revisionId }),
  };
  return { updateDate: new Date(now), ...(revisionId === undefined ? {} : { revisionId }) };
}
