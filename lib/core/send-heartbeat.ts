import * as v from 'valibot';
import { HeartbeatAllowed } from './errors.ts';
import type { Ports } from './ports.ts';
import { SCHEMA_VERSION } from './shapes.ts';

/** What SendHeartbeat is told: by a schedule that it is time, in an event of which nothing is read. */
export const SendHeartbeatInput = v.unknown();

/** That the call was made and denied. Whether anybody heard of it is not known here. */
export interface SendHeartbeatOutput {
  readonly schemaVersion: 1;
  readonly status: 'denied';
}

/** The role that the heartbeat would delete. Nobody is to make one of this name, and nobody has to. */
const RESERVED_NAME = 'eks-rebind-heartbeat';

/**
 * Makes a call to IAM that has to be denied. CloudTrail tells of denied calls like of any, on the very way on which it tells of a
 * recreated role, and a rule of ours listens for this one: where it comes, the others come as well.
 */
export async function sendHeartbeat(
  _event: unknown,
  { heartbeat }: Pick<Ports, 'heartbeat'>,
): Promise<SendHeartbeatOutput> {
  const status = await heartbeat.beat(RESERVED_NAME);
  if (status === 'denied') return { schemaVersion: SCHEMA_VERSION, status };
  throw new HeartbeatAllowed(
    `this function may delete roles: IAM let it try '${RESERVED_NAME}'; take iam:DeleteRole from its role, which must not have it`,
  );
}
