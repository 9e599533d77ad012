import { checkRole, type CheckRoleOutput } from '../../core/check-role.ts';
import { principalOf } from '../../core/principal-of.ts';
import type { EntryRef, Incarnation } from '../../core/shapes.ts';
import type { Clock } from '../../runtime.ts';
import type { Interruption } from './interruption.ts';
import type { LocalPorts } from './local-ports.ts';
import { shortName } from './show-plan.ts';

/** What waiting for IAM needs, and whom it tells. */
interface SettleWorld {
  readonly ports: Pick<LocalPorts, 'principals' | 'settings'>;
  readonly clock: Clock;
  readonly interruption: Interruption;
  readonly progress: (line: string) => void;
}

/** How IAM stands to the incarnation that a person was shown. */
type Settled = 'settled' | 'superseded' | 'gone' | 'stopped';

/** Waits for IAM to settle on an entry's principal. */
export type Settling = (entry: EntryRef, incarnation: Incarnation) => Promise<Settled>;

/** Waits once for each incarnation, however many entries it has. */
export function settling(world: SettleWorld): Settling {
  const waits = new Map<string, Promise<Settled>>();
  return (entry, incarnation) => {
    const wait = waits.get(incarnation.principalId) ?? untilSettled(entry, incarnation, world);
    waits.set(incarnation.principalId, wait);
    return wait;
  };
}

/**
 * Waits until the principal is as old as the settle age, and IAM has shown the same of it in several spaced reads: CheckRole and
 * WaitForIam of `role-changed`, for the incarnation that the person was shown.
 */
async function untilSettled(
  entry: EntryRef,
  incarnation: Incarnation,
  { ports, clock, interruption, progress }: SettleWorld,
): Promise<Settled> {
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
    progress(`${shortName(entry)}  waiting for IAM to settle, next look in ${read.waitSeconds} s`);
    if ((await interruption.orStopped(clock.pause(read.waitSeconds * 1000))) === 'stopped') return 'stopped';
  }
}
