import type { AccessEntry } from '../../lib/local/eks/access-entry.ts';
import type { Simulation } from '../simulator/simulate.ts';
import type { INTERRUPTIONS } from './interruptions.ts';
import { judge } from './judge.ts';
import type { PointsTable } from './points-table.ts';
import { recreateAndSettle } from './story.ts';

/** How, at which calls, in which world, and the table that counts. */
interface EachCall {
  readonly how: string;
  readonly interrupt: (typeof INTERRUPTIONS)[keyof typeof INTERRUPTIONS];
  readonly calls: readonly string[];
  readonly begin: () => Promise<{ world: Simulation; before: readonly AccessEntry[] }>;
  readonly table: PointsTable;
}

/** Interrupts the story at each of its calls, one world a call; tells each that broke a promise or did not end as `Rebound`. */
export async function interruptEachCall({ how, interrupt, calls, begin, table }: EachCall): Promise<string[]> {
  const disturbed: string[] = [];
  for (const [index, operation] of calls.entries()) {
    const { world, before } = await begin();
    const happened = interrupt(world, index + 1);
    await recreateAndSettle(world);
    const breaches = await judge(world, { before, mayTouch: [world.roleArn('people')], recreations: 1 });
    const ends = world.ran('rebind-entry').map(({ end }) => end);
    table.add(how, ends.join());
    const isWell = ends.join() === 'Rebound' && world.authenticates('people') === 200 && happened() === 1;
    if (breaches.length > 0 || !isWell) {
      disturbed.push(`${index + 1} ${operation}: ${happened()} times, ${ends.join()} ${JSON.stringify(breaches)}`);
    }
  }
  return disturbed;
}
