import type {
  SendTaskFailureInput,
  SendTaskFailureOutput,
  SendTaskHeartbeatInput,
  SendTaskHeartbeatOutput,
  SendTaskSuccessInput,
  SendTaskSuccessOutput,
} from '@aws-sdk/client-sfn';
import { AwsFault } from '../call.ts';
import { parseJson } from './parse-json.ts';
import type { World } from './world.ts';

/** Ends the task of that token well. */
export function sendTaskSuccess(input: SendTaskSuccessInput, world: World): SendTaskSuccessOutput {
  const { output = '', taskToken = '' } = input;
  const parsed = parseJson(output);
  if (!('value' in parsed)) throw new AwsFault('InvalidOutput', `Invalid Output: '${parsed.problem}'`);
  world.tokens.answer(taskToken, { kind: 'success', output: parsed.value });
  return {};
}

/** Fails the task of that token. */
export function sendTaskFailure(input: SendTaskFailureInput, world: World): SendTaskFailureOutput {
  const { taskToken = '', error, cause } = input;
  world.tokens.answer(taskToken, { kind: 'failure', error, cause });
  return {};
}

/** Keeps the task of that token from being taken for dead. */
export function sendTaskHeartbeat(input: SendTaskHeartbeatInput, world: World): SendTaskHeartbeatOutput {
  world.tokens.heartbeat(input.taskToken ?? '');
  return {};
}
