import { sendHeartbeat, SendHeartbeatInput } from '../lib/core/send-heartbeat.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Makes a call to IAM that is denied, by a schedule. */
export const step = defineStep({
  name: 'SendHeartbeat',
  input: SendHeartbeatInput,
  uses: ['heartbeat'],
  run: sendHeartbeat,
});
export const handler = lambda(step);
