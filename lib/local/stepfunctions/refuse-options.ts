import type { CreateStateMachineInput, UpdateStateMachineInput } from '@aws-sdk/client-sfn';
import { AwsFault } from '../call.ts';

/** Refuses, by name, what a state machine may be given on AWS and is not emulated: nothing is ignored in silence. */
export function refuseOptions(input: CreateStateMachineInput | UpdateStateMachineInput): void {
  const { loggingConfiguration: logging, tracingConfiguration: tracing, encryptionConfiguration: encryption } = input;
  const refused = {
    loggingConfiguration: logging?.level !== undefined && logging.level !== 'OFF',
    tracingConfiguration: tracing?.enabled === true,
    encryptionConfiguration: encryption?.type !== undefined && encryption.type !== 'AWS_OWNED_KEY',
    publish: input.publish === true,
    versionDescription: input.versionDescription !== undefined,
    tags: 'tags' in input && (input.tags?.length ?? 0) > 0,
  };
  const name = Object.entries(refused).find(([, isRefused]) => isRefused)?.[0];
  if (name) throw new AwsFault('ValidationException', `The local AWS does not emulate '${name}' of a state machine`);
}
