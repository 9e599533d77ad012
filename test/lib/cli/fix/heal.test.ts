import { expect, test } from 'vitest';
import { memoryLedger } from '../../../../lib/aws/memory-ledger.ts';
import { heal } from '../../../../lib/cli/fix/heal.ts';
import { listenForStop } from '../../../../lib/cli/fix/interruption.ts';
import { localPorts } from '../../../../lib/cli/fix/local-ports.ts';
import { isPossible, planEntries } from '../../../../lib/cli/fix/plan-entries.ts';
import { fixWorld } from './fix-world.ts';

/** Heals the entry of `people`, and is told to stop as soon as this step begins. */
async function stopAt(step: string) {
  const world = fixWorld();
  const session = await world.session();
  // The ledger stays open: what went on in spite of the stop could still be written.
  const ports = localPorts(session, memoryLedger());
  const { clock } = session.runtime;
  const ref = world.entry('people')?.ref;
  const plan = await world.clock.run(() => planEntries(ref ? [ref] : [], { ports, clock, concurrency: 1 }));
  const terminal = world.terminal();
  const interruption = listenForStop(terminal);
  const progress = (line: string) => void (line.endsWith(step) && terminal.raise('SIGINT'));
  const [healed] = await world.clock.run(() =>
    heal(plan.entries.filter(isPossible), { session, ports, interruption, concurrency: 1, progress }),
  );
  const writes = world.writes();
  await world.pass(600);
  return { world, end: healed?.end.status, writes };
}

test.each(['InspectEntry', 'Preflight'])('told to stop during %s, no step follows, not even later', async (step) => {
  const { world, end } = await stopAt(step);
  expect(end).toBe('stopped');
  expect(world.writes()).not.toContain('DeleteAccessEntry');
});

test.each(['DeleteEntry', 'CreateEntry'])('told to stop during %s, the entry is made again first', async (step) => {
  const { world, end, writes } = await stopAt(step);
  expect(end).toBe('ended');
  expect(world.writes()).toEqual(writes);
  expect(world.authenticates('people')).toBe(200);
});
