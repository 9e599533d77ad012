import { hearHeartbeat, HearHeartbeatInput } from '../lib/core/hear-heartbeat.ts';
import { defineStep, lambda } from './shared/step.ts';

/** Hears of the heartbeat's denied call, by a rule like the one that hears of roles. */
export const step = defineStep({
  name: 'HearHeartbeat',
  input: HearHeartbeatInput,
  uses: ['metrics'],
  run: hearHeartbeat,
});
export const handler = lambda(step);
