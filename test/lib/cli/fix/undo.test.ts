import { describe, expect, test } from 'vitest';
import { documentIn, endsIn, fixWorld, whenDrawn } from './fix-world.ts';

type World = ReturnType<typeof fixWorld>;

/** A world in which the entry of `people` was rebound from the terminal, and what it holds. */
async function rebound(options: Parameters<typeof fixWorld>[0] = {}) {
  const world = fixWorld(options);
  const was = world.configuration('people');
  const terminal = fixWorld().terminal();
  const own = { ...world.terminal(), isInteractive: false, ask: terminal.ask };
  await world.run(own, 'fix', '--yes', '--role', 'people', '--ledger', world.ledger);
  await world.pass(60);
  const writes = world.writes().length;
  return { world, was, writesSince: () => world.writes().slice(writes) };
}

const undo = (world: World, ...argv: string[]) =>
  world.run(world.terminal(), 'undo', world.ledger, '-o', 'json', ...argv);

/** A policy for the whole cluster, as EKS keeps it. */
const policy = (name: string) => ({
  policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
  scope: { type: 'cluster' as const, namespaces: [] },
  associatedAt: 0,
  modifiedAt: 0,
});

describe('undo', () => {
  test('has nothing to do where all is as it was', async () => {
    const { world, writesSince } = await rebound();
    const result = await undo(world, '--yes');
    expect([result.code, endsIn(result), writesSince()]).toEqual([0, {}, []]);
  });

  test('plans and changes nothing where nobody is there to say yes', async () => {
    const { world, writesSince } = await rebound();
    world.change('people', { kubernetesGroups: ['strangers'] });
    const result = await undo(world);
    expect([result.code, endsIn(result), writesSince()]).toEqual([2, { people: 'planned' }, []]);
    expect(result.stderr.join('\n')).toContain('setting kubernetesGroups was ["strangers"], is ["orders"]');
  });

  test.each([
    ['groups that were changed', (world: World) => world.change('people', { kubernetesGroups: ['strangers'] })],
    ['a username that was changed', (world: World) => world.change('people', { username: 'somebody' })],
    ['tags that were lost', (world: World) => world.change('people', { tags: {} })],
    [
      'a scope that was widened',
      (world: World) =>
        world.change('people', { policies: [policy('AmazonEKSViewPolicy'), policy('AmazonEKSEditPolicy')] }),
    ],
    [
      'a policy too many',
      (world: World) =>
        world.change('people', {
          policies: [...(world.entry('people')?.policies ?? []), policy('AmazonEKSClusterAdminPolicy')],
        }),
    ],
  ])('puts right %s, by an entry made anew', async (_, damage) => {
    const { world, was, writesSince } = await rebound();
    damage(world);
    const result = await undo(world, '--yes');
    await world.pass(60);
    expect([result.code, endsIn(result)]).toEqual([0, { people: 'Rebound' }]);
    expect([world.configuration('people'), world.authenticates('people')]).toEqual([was, 200]);
    expect(writesSince()).toContain('DeleteAccessEntry');
    expect(writesSince()).not.toContain('UpdateAccessEntry');
  });

  test('gives back policies that were taken, and touches nothing else', async () => {
    const { world, was, writesSince } = await rebound();
    const { arn } = world.entry('people') ?? {};
    world.change('people', { policies: [] });
    const result = await undo(world, '--yes');
    expect([result.code, endsIn(result)]).toEqual([0, { people: 'Rebound' }]);
    expect([world.configuration('people'), world.entry('people')?.arn]).toEqual([was, arn]);
    expect(writesSince()).toEqual(['AssociateAccessPolicy', 'AssociateAccessPolicy']);
  });

  test('makes an entry again that is gone', async () => {
    const { world, was, writesSince } = await rebound();
    world.remove('people');
    const result = await undo(world, '--yes');
    await world.pass(60);
    expect([result.code, endsIn(result)]).toEqual([0, { people: 'Rebound' }]);
    expect([world.configuration('people'), world.authenticates('people')]).toEqual([was, 200]);
    // The first tries may come before EKS shows the new entry.
    expect(new Set(writesSince())).toEqual(new Set(['CreateAccessEntry', 'AssociateAccessPolicy']));
  });

  test('goes over no refusal', async () => {
    const { world, writesSince } = await rebound();
    const tags = { ...world.entry('people')?.tags };
    world.change('people', { tags: {} });
    const { aws } = world;
    const role = aws.iam.findByArn(world.entry('people')?.ref.principalArn ?? '');
    if (role) aws.iam.put({ ...role, tags: { 'eks-rebind:opt-out': 'yes' } });
    const result = await undo(world, '--yes');
    expect([result.code, endsIn(result), writesSince()]).toEqual([2, { people: 'refused' }, []]);
    expect(tags).not.toEqual({});
  });

  test('does not overwrite what an owner did after it was shown', async () => {
    const { world, writesSince } = await rebound();
    world.change('people', { kubernetesGroups: ['strangers'] });
    const terminal = whenDrawn(world.terminal(), /waiting for IAM/, () =>
      world.change('people', { kubernetesGroups: ['wanted'] }),
    );
    const result = await world.run(terminal, 'undo', world.ledger, '-o', 'json', '--yes');
    expect([endsIn(result), writesSince()]).toEqual([{ people: 'LeftToOwner' }, []]);
    expect(world.configuration('people')?.kubernetesGroups).toEqual(['wanted']);
  });

  test('can be undone after it was undone', async () => {
    const { world, was } = await rebound();
    for (const group of ['one', 'two']) {
      world.change('people', { kubernetesGroups: [group] });
      expect(endsIn(await undo(world, '--yes'))).toEqual({ people: 'Rebound' });
      expect(world.configuration('people')).toEqual(was);
    }
  });

  test('of a file that is not there says so', async () => {
    const world = fixWorld();
    const { code, stderr } = await undo(world);
    expect([code, stderr]).toEqual([1, [`error: there is no ledger file '${world.ledger}'`]]);
  });

  test('tells as one document what was there and what is to be there', async () => {
    const { world } = await rebound();
    world.change('people', { kubernetesGroups: ['strangers'] });
    expect(documentIn(await undo(world, '--dry-run'))).toMatchObject({
      summary: { planned: 1 },
      entries: [{ before: { kubernetesGroups: ['strangers'] }, after: { kubernetesGroups: ['orders'] } }],
    });
  });
});
