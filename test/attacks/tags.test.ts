import { TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-eks';
import { expect, test } from 'vitest';
import { ACCOUNT } from '../simulator/world-options.ts';
import { simulate } from '../simulator/simulate.ts';
import type { Simulation } from '../simulator/simulate.ts';
import { ATTACKED, EVIL_TRUST, PEOPLE_TRUST, rebindsEnded } from './attacked-world.ts';

function tag(world: Simulation, tags: Record<string, string>): Promise<unknown> {
  const resourceArn = world.standing('people')?.arn;
  return world.run(() =>
    world.clients.eks({ accountId: ACCOUNT, region: world.region }).send(new TagResourceCommand({ resourceArn, tags })),
  );
}

test('the opt-out tag put on somebody else’s entry: refused, which keeps people out and lets nobody in', async () => {
  const world = await simulate(ATTACKED);
  await tag(world, { 'eks-rebind:opt-out': 'false' });
  await world.recreateRole({ name: 'people', trust: PEOPLE_TRUST });
  await world.quiet();
  expect(rebindsEnded(world)).toEqual(['Refused OptedOut']);
  expect(world.authenticates('people')).toBe(401);
});

test('the opt-out tag taken away: the other rules stand', async () => {
  const world = await simulate(ATTACKED);
  await tag(world, { 'eks-rebind:opt-out': 'true' });
  const resourceArn = world.standing('people')?.arn;
  const untag = new UntagResourceCommand({ resourceArn, tagKeys: ['eks-rebind:opt-out'] });
  await world.run(() => world.clients.eks({ accountId: ACCOUNT, region: world.region }).send(untag));
  await world.recreateRole({ name: 'people', trust: EVIL_TRUST });
  await world.quiet();
  expect(rebindsEnded(world)).toEqual(['NeedsApproval NoRuleMatches']);
});

test.each(['eks-rebind:approved', 'eks-rebind:trusted', 'eks-rebind:mode'])(
  'a tag that looks as if it allowed something, %s: it means nothing',
  async (key) => {
    const world = await simulate(ATTACKED);
    await tag(world, { [key]: 'rebind' });
    await world.recreateRole({ name: 'people', trust: EVIL_TRUST });
    await world.quiet();
    expect(rebindsEnded(world)).toEqual(['NeedsApproval NoRuleMatches']);
    expect(world.authenticates('people')).toBe(401);
  },
);

test('a tag that looks like one of AWS’s own: EKS refuses it', async () => {
  const world = await simulate(ATTACKED);
  await expect(tag(world, { 'aws:cloudformation:stack-name': 'mine' })).rejects.toThrow(/aws:/);
});
