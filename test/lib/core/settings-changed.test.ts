import { describe, expect, test } from 'vitest';
import type { Settings } from '../../../lib/core/settings.ts';
import { sweepRegion } from '../../../lib/core/sweep-region.ts';
import { type FakeWorld, PLACE } from './world/fake-world.ts';
import { advanceTo, recordOf, runRebind, staleStandard } from './world/run-rebind.ts';

const change = (world: FakeWorld, settings: Partial<Settings>) => {
  Object.assign(world.bare.settings, settings);
  Object.assign(world.ports.settings, settings);
};

/** A day later: the sweep, and the rebinds that it starts, which answers how they ended. */
async function nextSweep(world: FakeWorld): Promise<string[]> {
  const known = new Set(world.executions.keys());
  const start = { schemaVersion: 1, place: PLACE, cursor: null, soFar: null, executionArn: 'arn:sweep' } as const;
  await sweepRegion({ ...start, executionArn: `arn:${known.size}`, now: world.tick(90_000) }, world.ports);
  const ends: string[] = [];
  for (const [name, { input }] of world.executions) {
    if (known.has(name)) continue;
    const outcome = await runRebind(world, input);
    world.executions.set(name, { input, status: { status: 'SUCCEEDED', outcome: outcome.name } });
    ends.push(outcome.name);
  }
  return ends;
}

/** An entry that a rebind deleted, whose execution then failed. */
async function deleted(): Promise<FakeWorld> {
  const { world, input } = await staleStandard();
  await advanceTo(world, 'CreateEntry', input);
  for (const [name, one] of world.executions) world.executions.set(name, { ...one, status: { status: 'FAILED' } });
  return world;
}

describe('an entry that is deleted and not made again when the settings change', () => {
  test('is refused in report mode, kept, and asked about when the mode is back', async () => {
    const world = await deleted();
    change(world, { mode: 'report' });
    expect(await nextSweep(world)).toEqual(['Refused']);
    expect(world.standing()).toBeUndefined();
    expect((await recordOf(world)).journal).toMatchObject({
      phase: 'deleting',
      snapshot: { tags: { team: 'orders' } },
    });
    change(world, { mode: 'rebind' });
    expect(await nextSweep(world)).toEqual(['NeedsApproval']);
    expect((await recordOf(world)).journal).toMatchObject({
      phase: 'deleting',
      snapshot: { tags: { team: 'orders' } },
    });
  });
});
