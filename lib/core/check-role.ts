import * as v from 'valibot';
import type { Ports } from './ports.ts';
import { Incarnation, IsoTime, Principal, SCHEMA_VERSION } from './shapes.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const CheckRoleInput = v.object({
  schemaVersion: v.literal(SCHEMA_VERSION),
  principal: Principal,
  /** The incarnation waited for: the event's, later the one CheckRole answered; null while none is known. */
  incarnation: v.nullish(Incarnation),
  eventTime: IsoTime,
  goodReads: count,
  missingReads: count,
  reads: count,
  redriveCount: count,
  now: IsoTime,
});
export type CheckRoleInput = v.InferOutput<typeof CheckRoleInput>;

/** What one read of the role adds. All but `status` and `waitSeconds` goes back in with the next read. */
export interface CheckRoleOutput {
  readonly schemaVersion: 1;
  readonly status: 'settled' | 'waiting' | 'superseded' | 'gone';
  /** `settled`: the live incarnation. null while none is known. */
  readonly incarnation: Incarnation | null;
  readonly goodReads: number;
  readonly missingReads: number;
  readonly reads: number;
  readonly waitSeconds: number;
}

export async function checkRole(
  _input: CheckRoleInput,
  _ports: Pick<Ports, 'principals' | 'settings'>,
): Promise<CheckRoleOutput> {
  throw new Error('to come');
}
