import {
  DescribeAccessEntryCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-eks';
import { expect, test } from 'vitest';
import { CLUSTER, CLUSTER_ARN, eksWorld, START } from './eks-world.ts';

function world() {
  const made = eksWorld();
  const client = made.client();
  const entry = made.state.addEntry({ ...made.ref(made.putRole('worker').arn), tags: { 'aws:eks:managed': 'true' } });
  return {
    ...made,
    entry,
    tag: (resourceArn: string, tags: Record<string, string>) =>
      client.send(new TagResourceCommand({ resourceArn, tags })),
    untag: (resourceArn: string, tagKeys: string[]) => client.send(new UntagResourceCommand({ resourceArn, tagKeys })),
    tags: async (resourceArn: string) => (await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags,
    describe: () => {
      const { principalArn } = entry.ref;
      return client.send(new DescribeAccessEntryCommand({ clusterName: CLUSTER, principalArn }));
    },
  };
}

test("an entry's tags are added, replaced and taken away, which moves its modifiedAt and not its binding", async () => {
  const { entry, tag, untag, tags, wait, describe, state } = world();
  await wait(1_000);
  await tag(entry.arn, { team: 'web', cost: '1' });
  await tag(entry.arn, { cost: '2' });
  await untag(entry.arn, ['team', 'nothing']);
  expect(await tags(entry.arn)).toEqual({ 'aws:eks:managed': 'true', cost: '2' });
  const { accessEntry } = await describe();
  expect(accessEntry).toMatchObject({ tags: { cost: '2' }, modifiedAt: new Date(START + 1_000) });
  expect(state.entry(entry.ref)?.boundId).toBe(entry.boundId);
  expect(state.changesOf(entry.ref).map(({ operation }) => operation)).toEqual([
    'TagResource',
    'TagResource',
    'UntagResource',
  ]);
});

test("a cluster's tags are its own", async () => {
  const { tag, tags, entry } = world();
  await tag(CLUSTER_ARN, { stage: 'prod' });
  expect(await tags(CLUSTER_ARN)).toEqual({ stage: 'prod' });
  expect(await tags(entry.arn)).not.toHaveProperty('stage');
});

test("AWS's own tags can be neither set nor taken away, and fifty others are the most", async () => {
  const { entry, tag, untag } = world();
  const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key-${index}`, 'x']));
  await expect(tag(entry.arn, { 'Aws:x': '1' })).rejects.toMatchObject({ name: 'BadRequestException' });
  await expect(untag(entry.arn, ['aws:eks:managed'])).rejects.toMatchObject({ name: 'BadRequestException' });
  await tag(entry.arn, fifty);
  await expect(tag(entry.arn, { more: 'x' })).rejects.toMatchObject({ name: 'BadRequestException' });
  await tag(entry.arn, { 'key-1': 'y' });
});

test('what is not there has no tags', async () => {
  const { entry, tags } = world();
  await expect(tags(`${entry.arn}0`)).rejects.toMatchObject({ name: 'NotFoundException' });
  await expect(tags('arn:aws:s3:::bucket')).rejects.toMatchObject({ name: 'BadRequestException' });
});
