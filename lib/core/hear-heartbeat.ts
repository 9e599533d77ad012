import * as v from 'valibot';
import type { Ports } from './ports.ts';
import { SCHEMA_VERSION } from './shapes.ts';

/**
 * The event of the heartbeat's denied call. CloudTrail leaves out what a denied call asked for, and writes the code with and
 * without `Exception`; whose call it was, the rule looks at.
 */
export const HearHeartbeatInput = v.object({
  source: v.literal('aws.iam'),
  detail: v.object({
    eventName: v.literal('DeleteRole'),
    errorCode: v.picklist(['AccessDenied', 'AccessDeniedException']),
  }),
});
export type HearHeartbeatInput = v.InferOutput<typeof HearHeartbeatInput>;

/** That the heartbeat was heard. */
export interface HearHeartbeatOutput {
  readonly schemaVersion: 1;
  readonly status: 'heard';
}

/** Counts a heartbeat that came back as an event. Where none is counted for a while, an alarm tells. */
export async function hearHeartbeat(
  _event: HearHeartbeatInput,
  { metrics }: Pick<Ports, 'metrics'>,
): Promise<HearHeartbeatOutput> {
  metrics.record({ HeartbeatsHeard: 1 });
  return { schemaVersion: SCHEMA_VERSION, status: 'heard' };
}
