import { checkRole, type CheckRoleOutput } from '../../core/check-role.ts';
import { principalOf } from '../../core/principal-of.ts';
import type { EntryRef, Incarnation } from '../../core/shapes.ts';
import type { Clock } from '../../runtime.ts';
import type { Interruption } from './interruption.ts';
import type { LocalPorts } from './local-ports.ts';

/** What waiting for IAM needs, and whom it tells. */
interface SettleWorld {
  readonly ports: Pick<LocalPorts, 'principals' | 'settings'>;
  readonly clock: Clock;
  readonly interruption: Interruption;
  readonly onWait: (entry: EntryRef, seconds: number) => void;
}

/**
 * Waits until the principal is as old as the settle age, and IAM has shown the same of it in several spaced reads: CheckRole and
 * WaitForIam of `role-changed`, for the incarnation that the person was shown.
 */
export async function untilSettled(
  entry: EntryRef,
  incarnation: Incarnation,
  { ports, clock, interruption, onWait }: SettleWorld,
): Promise<'settled' | 'superseded' | 'gone' | 'stopped'> {
  const about = { principal: principalOf(entry), incarnation, eventTime: incarnation.createdAt, redriveCount: 0 };
  let soFar: Pick<CheckRoleOutput, 'goodReads' | 'missingReads' | 'reads'> = {
    goodReads: 0,
    missingReads: 0,
    reads: 0,
  };
  for (;;) {
    const { goodReads, missingReads, reads } = soFar;
    const now = new Date(clock.now()).toISOString();
    const read = await checkRole({ schemaVersion: 1, ...about, goodReads, missingReads, reads, now }, ports);
    if (read.status !== 'waiting') return read.status;
    soFar = read;
    onWait(entry, read.waitSeconds);
    if ((await interruption.orStopped(clock.pause(read.waitSeconds * 1000))) === 'stopped') return 'stopped';
  }
}
