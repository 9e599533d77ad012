import { expect, test } from 'vitest';
import type { RebindInput } from '../../../lib/core/ports.ts';
import { ADMIN } from './world/fake-world.ts';
import type { FakeWorld } from './world/fake-world.ts';
import { advanceTo, changeJournal, recordOf, runStep, said, staleStandard } from './world/run-rebind.ts';
import type { StepName } from './world/run-rebind.ts';
import type { Tap } from './world/tap.ts';

type Prepare = (world: FakeWorld, input: RebindInput) => unknown;

/** What stands just before the step. */
const SCENES: [string, StepName, Prepare][] = [
  ['plans', 'InspectEntry', () => {}],
  ['asks', 'InspectEntry', (world) => world.putEntry({ createdAt: '2026-03-01T08:20:00Z' }, [ADMIN])],
  ['finds nothing', 'InspectEntry', (world) => world.removeEntry()],
  ['probes', 'Preflight', () => {}],
  ['deletes', 'DeleteEntry', () => {}],
  ['creates', 'CreateEntry', () => {}],
  ['associates', 'AssociatePolicies', () => {}],
  ['waits for the new entry', 'AssociatePolicies', (world) => world.removeEntry()],
  ['verifies', 'VerifyEntry', () => {}],
  [
    'turns back',
    'DeleteEntry',
    async (world) => {
      const { journal } = await recordOf(world);
      const deletedBy = journal?.holder ?? '';
      await changeJournal(world, { phase: 'deleting', deletingSince: world.world.now, deletedBy });
      world.changeEntry({ tags: {} });
    },
  ],
  [
    'asks about a late delete',
    'DeleteEntry',
    async (world) => {
      await changeJournal(world, { deletingSince: world.world.now });
      world.removeEntry();
    },
  ],
  [
    'finds the entry gone after an earlier round’s delete',
    'InspectEntry',
    async (world, input) => {
      await runStep(world, 'InspectEntry', { input });
      await changeJournal(world, { deletingSince: world.world.now });
      world.removeEntry();
    },
  ],
];

/** Runs the step; just before the `taken`th read of the ledger another execution takes the lease. */
async function play(step: StepName, prepare: Prepare, taken?: number) {
  const tap: Tap = {};
  const { world, input } = await staleStandard(tap);
  await advanceTo(world, step, input);
  await prepare(world, input);
  const writes: string[] = [];
  let reads = 0;
  let isTaken = false;
  tap.before = async (call) => {
    if (isTaken && /^(entryCreation|entryDeletion|policyAssociations)/.test(call)) writes.push(call);
    if (call !== 'ledger.read') return;
    reads += 1;
    if (reads !== taken) return;
    isTaken = true;
    await changeJournal(world, { generation: 2, holder: 'another' });
  };
  const end = await runStep(world, step, { input }).then(said, (error: Error) => error.name);
  return { end, reads, writes, journal: (await recordOf(world)).journal };
}

test.each(SCENES)('an execution that %s stops wherever its lease is taken', async (_what, step, prepare) => {
  const { reads } = await play(step, prepare);
  expect(reads).toBeGreaterThan(1);
  for (let taken = 1; taken <= reads; taken += 1) {
    const { end, writes, journal } = await play(step, prepare, taken);
    expect(end, `taken before read ${taken}`).toBe('Superseded LeaseLost');
    expect(writes).toEqual([]);
    expect(journal).toMatchObject({ generation: 2, holder: 'another' });
    expect(journal).not.toHaveProperty('outcome');
  }
});
