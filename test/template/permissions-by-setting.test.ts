import { CreateUserCommand } from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { serviceDeployment } from '../../lib/cli/stage/service-deployment.ts';
import { functionOf } from '../simulator/deployed-names.ts';
import { before, ownerOf } from '../simulator/owner.ts';
import type { Simulation } from '../simulator/simulate.ts';
import { ACCOUNT, trusting } from '../simulator/world-options.ts';
import { allowedIn, usedIn } from './allowed-actions.ts';
import { play } from './see.ts';
import { deletedBeforeTheProbe, EVERYTHING_ON, GRACE, graceApproves, people, STORIES, type Story } from './tour.ts';
import { withPeople } from './tour.ts';

// Other settings, other templates: what is left in them is used, too, by the tour's stories and some of their own.

const ANN = `arn:aws:iam::${ACCOUNT}:user/ann`;

/** A role that a user may become, whose unique id is part of what has to stay the same. */
function trustedUser(policy: string): Story {
  const annsRole = { name: 'anns', trust: trusting({ AWS: ANN }) };
  return {
    name: `a role that trusts a user is recreated, and its entry has ${policy}`,
    options: {
      inventory: false,
      roles: [annsRole],
      entries: [{ role: 'anns', type: 'STANDARD', policies: { [policy]: [] } }],
    },
    happens: async (world) => {
      await world.run(async () => void (await world.clients.iam().send(new CreateUserCommand({ UserName: 'ann' }))));
      await world.pass(600);
      await world.takeInventory();
      await world.recreateRole(annsRole);
      await world.quiet();
    },
  };
}

const unreadable: Story = {
  name: 'EKS does not show the entry: the execution fails, and is found failed by the news told again, and by a sweep',
  happens: async (world) => {
    const fault = world.aws.faults.inject({
      operation: 'DescribeAccessEntry',
      when: ({ caller }) => caller.arn.endsWith(functionOf('InspectEntry')),
      effect: { kind: 'fault', name: 'InvalidRequestException', message: 'not now' },
    });
    await world.recreateRole({ name: 'nodes' });
    await world.quiet();
    fault.lift();
    for (const { input } of world.ran('role-changed').slice(0, 1)) await world.send(input);
    await world.quiet();
    await world.pass(100_000);
    await world.takeInventory();
    await world.quiet();
  },
};

const approved = (
  name: string,
  options: NonNullable<Story['options']>,
  begins: (world: Simulation) => Promise<void>,
) => ({
  name,
  options,
  happens: async (world: Simulation) => {
    await begins(world);
    await graceApproves(world);
  },
});

/** Where a person is asked each time, somebody has to answer. */
const ASKED: readonly Story[] = [
  approved('nodes', {}, (world) => world.recreateRole({ name: 'nodes' })),
  approved('people', withPeople, (world) => world.recreateRole(people)),
  approved('an entry that its owner deletes', withPeople, async (world) => {
    deletedBeforeTheProbe(world, 'people');
    await world.recreateRole(people);
  }),
  approved('an entry that its owner makes', withPeople, async (world) => {
    before(world, 'CreateEntry', () => ownerOf(world).makes(world.entry('people'), { type: 'STANDARD' }));
    await world.recreateRole(people);
  }),
];

const OFF = { EKS_REBIND_APPROVERS: '', EKS_REBIND_APPROVAL_SECONDS: '', EKS_REBIND_ORPHANS: '' };

interface Settings {
  readonly what: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly stories: readonly Story[];
}

const SETTINGS: readonly Settings[] = [
  { what: 'its defaults', environment: OFF, stories: [trustedUser('AmazonEKSViewPolicy')] },
  { what: 'mode report', environment: { ...OFF, EKS_REBIND_MODE: 'report' }, stories: [unreadable] },
  {
    what: 'mode ask',
    environment: { ...OFF, EKS_REBIND_MODE: 'ask', EKS_REBIND_APPROVERS: GRACE },
    stories: [unreadable, ...ASKED],
  },
  {
    what: 'administrators rebound',
    environment: { ...OFF, EKS_REBIND_ADMIN_ENTRIES: 'rebind' },
    stories: ['AmazonEKSViewPolicy', 'AmazonEKSClusterAdminPolicy'].map(trustedUser),
  },
];

describe.each(SETTINGS)('with $what', ({ environment, stories }) => {
  test('every allowed action is used', { timeout: 120_000 }, async () => {
    const deployment = serviceDeployment({
      accountId: ACCOUNT,
      partition: 'aws',
      region: 'us-east-1',
      environment: { ...EVERYTHING_ON, ...environment },
      ports: {},
    });
    const used = new Set<string>();
    for (const { options, ...story } of [...STORIES, ...stories]) {
      const { world } = await play({ ...story, options: { ...options, environment } });
      for (const one of usedIn(world.aws.permissions.used)) used.add(one);
    }
    const allowed = allowedIn(deployment);
    expect(allowed.length).toBeGreaterThan(100);
    expect(allowed.filter((one) => !used.has(one))).toEqual([]);
  });
});
