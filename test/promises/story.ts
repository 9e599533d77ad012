import type { AccessEntry } from '../../lib/local/eks/access-entry.ts';
import { callsOf } from './interruptions.ts';
import { simulate, type Simulation } from '../simulator/simulate.ts';
import type { SimulationOptions } from '../simulator/world-options.ts';

/** A small world with all that can go wrong in it: a person's entry with everything, a node's, and a bystander's. */
const WORLD = {
  roles: [{ name: 'people', path: '/team/orders/' }, { name: 'bystander' }],
  entries: [
    {
      role: 'people',
      type: 'STANDARD',
      username: 'orders:{{SessionName}}',
      groups: ['orders'],
      tags: { team: 'orders' },
      policies: { AmazonEKSViewPolicy: [], AmazonEKSEditPolicy: ['orders'] },
    },
    { role: 'bystander', type: 'EC2_LINUX' },
  ],
} satisfies SimulationOptions;

/** The world, with the inventory taken and calls counted from here on. */
export async function beforeStory(
  options: SimulationOptions = {},
): Promise<{ world: Simulation; before: AccessEntry[] }> {
  const world = await simulate({ ...WORLD, ...options });
  return { world, before: [...world.aws.eks.state.entries()] };
}

/** The role is recreated, all comes to rest, and a person redrives what failed, three times at the most. */
export async function recreateAndSettle(world: Simulation): Promise<void> {
  await world.recreateRole({ name: 'people', path: '/team/orders/' });
  await world.quiet();
  for (let round = 0; round < 3; round += 1) {
    const failed = [...world.ran('role-changed'), ...world.ran('rebind-entry')].filter(({ end }) =>
      end.startsWith('FAILED'),
    );
    if (failed.length === 0) return;
    for (const { arn } of failed) await world.redrive(arn);
    await world.quiet();
  }
}

/** The operations that the service calls when nothing disturbs it, in order: each is a point where something can happen. */
export async function undisturbedCalls(options: SimulationOptions = {}): Promise<string[]> {
  const { world } = await beforeStory(options);
  const ofInventory = callsOf(world).length;
  await recreateAndSettle(world);
  const [rebind] = world.ran('rebind-entry');
  if (rebind?.end !== 'Rebound') throw new Error(`the undisturbed story ends as ${rebind?.end}`);
  return callsOf(world).slice(ofInventory);
}
