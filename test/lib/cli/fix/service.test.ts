import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { simulate, type Simulation } from '../../../simulator/simulate.ts';
import type { SimulationOptions } from '../../../simulator/world-options.ts';
import { ownerOf } from '../../../simulator/owner.ts';
import { typed } from '../service/service-world.ts';
import { endsIn, loadCommands } from './fix-world.ts';

/** The service deployed, and an entry of people that nobody told it of: its role is made anew where no event comes from. */
async function deployed(options: SimulationOptions = {}): Promise<Simulation> {
  await loadCommands();
  const world = await simulate({
    roles: [{ name: 'people' }],
    entries: [{ role: 'people', type: 'STANDARD', groups: ['orders'], policies: { AmazonEKSViewPolicy: [] } }],
    ledger: 'dynamodb',
    ...options,
  });
  const { iam } = world.aws;
  const role = iam.findByArn(world.roleArn('people'));
  await world.pass(60);
  if (role) iam.put({ ...role, uniqueId: 'AROAANEW000000000000', createDate: world.clock.now() });
  await world.pass(600);
  return world;
}

const fixIn = (world: Simulation, ...argv: string[]) =>
  typed(world, ['fix', '--region', world.region, '-o', 'json', ...argv]);

describe('fix where the service is deployed', () => {
  test('has its workflow do it, and follows it to its end', async () => {
    const world = await deployed();
    const result = await fixIn(world, '--yes');
    expect([result.code, endsIn(result)]).toEqual([0, { people: 'Rebound' }]);
    const [ran] = world.ran('rebind-entry');
    expect(ran).toMatchObject({
      end: 'Rebound',
      input: { cause: { kind: 'person', actorArn: 'arn:aws:iam::111122223333:root' } },
    });
    expect(result.stdout.join('\n')).toContain(
      `console.aws.amazon.com/states/home?region=us-east-1#/v2/executions/details/${ran?.arn}`,
    );
    expect(existsSync('eks-rebind-20260302T091100Z.ledger.jsonl')).toBe(false);
  });

  test('plans with what the service remembers, and starts nothing without a yes', async () => {
    const world = await deployed();
    const result = await fixIn(world);
    expect([result.code, endsIn(result)]).toEqual([2, { people: 'planned' }]);
    expect(result.stdout.join('\n')).toContain('StandardOnBoundTrust');
    expect(world.ran('rebind-entry')).toEqual([]);
  });

  test('is no answer to what the service asks its approvers', async () => {
    const world = await deployed({
      environment: { EKS_REBIND_MODE: 'ask', EKS_REBIND_APPROVERS: 'arn:aws:iam::111122223333:user/ann' },
    });
    const result = await fixIn(world, '--yes');
    expect([result.code, endsIn(result)]).toEqual([2, { people: 'waiting' }]);
    expect(result.stdout.join('\n')).toMatch(/for an approval: eks-rebind approve [0-9a-f]{24}/);
    expect(world.standing('people')?.boundId).not.toBe('AROAANEW000000000000');
  });

  test('keeps no ledger of its own beside it', async () => {
    const result = await fixIn(await deployed(), '--yes', '--ledger', 'x.jsonl');
    expect([result.code, result.stderr.at(-1)]).toEqual([
      1,
      'error: the service is deployed here, and remembers in eks-rebind-ledger; leave --ledger out',
    ]);
  });

  test('tells of an execution that failed, and how to go on', async () => {
    const world = await deployed();
    world.aws.faults.inject({
      when: ({ operation }) => operation === 'CreateAccessEntry',
      effect: { kind: 'fault', name: 'AccessDeniedException', message: 'no' },
    });
    const result = await fixIn(world, '--yes');
    expect([result.code, endsIn(result)]).toEqual([1, { people: 'failed' }]);
    expect(result.stdout.join('\n')).toContain('eks-rebind redrive ');
  });
});

describe('undo of an execution', () => {
  test('gives back what the service had restored, by its own ledger', async () => {
    const world = await deployed();
    await fixIn(world, '--yes');
    const [ran] = world.ran('rebind-entry');
    ownerOf(world).changes(world.entry('people'), { kubernetesGroups: ['strangers'] });
    const result = await typed(world, ['undo', ran?.name ?? '', '--region', world.region, '--yes', '-o', 'json']);
    expect([result.code, endsIn(result)]).toEqual([0, { people: 'Rebound' }]);
    expect(world.standing('people')?.kubernetesGroups).toEqual(['orders']);
    expect(world.ran('rebind-entry')).toHaveLength(1);
  });

  test.each(['nobody.ran.this', 'arn:aws:states:us-east-1:111122223333:execution:other:x'])(
    'that never was (%s) says so',
    async (name) => {
      const world = await deployed();
      const { code, stderr } = await typed(world, ['undo', name, '--region', world.region]);
      expect([code, stderr.at(-1)]).toEqual([
        1,
        `error: there is no ledger file and no execution of rebind-entry called '${name}'`,
      ]);
    },
  );

  test('that a later one followed names the later one', async () => {
    const world = await deployed();
    await fixIn(world, '--yes');
    const [first] = world.ran('rebind-entry');
    ownerOf(world).changes(world.entry('people'), { kubernetesGroups: ['strangers'] });
    const undoFirst = () => typed(world, ['undo', first?.name ?? '', '--region', world.region, '--yes']);
    await undoFirst();
    const { code, stderr } = await undoFirst();
    expect([code, stderr.at(-1)]).toEqual([
      1,
      expect.stringMatching(/no longer holds what '.*' replaced; the latest of its entry is arn/),
    ]);
  });
});
