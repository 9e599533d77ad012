import {
  CreateRoleCommand,
  CreateUserCommand,
  type IAMClient,
  ListRoleTagsCommand,
  ListUserTagsCommand,
  type Tag,
  TagRoleCommand,
  TagUserCommand,
  UntagRoleCommand,
  UntagUserCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { EC2, localWorld, refusal } from '../local-world.ts';

const kinds = {
  role: {
    make: (iam: IAMClient) => iam.send(new CreateRoleCommand({ RoleName: 'x', AssumeRolePolicyDocument: EC2 })),
    tag: (iam: IAMClient, Tags: Tag[], name = 'x') => iam.send(new TagRoleCommand({ RoleName: name, Tags })),
    untag: (iam: IAMClient, TagKeys: string[]) => iam.send(new UntagRoleCommand({ RoleName: 'x', TagKeys })),
    list: (iam: IAMClient, page = {}) => iam.send(new ListRoleTagsCommand({ RoleName: 'x', ...page })),
    quota: 'TagsPerRole',
    missing: 'The role with name none cannot be found.',
  },
  user: {
    make: (iam: IAMClient) => iam.send(new CreateUserCommand({ UserName: 'x' })),
    tag: (iam: IAMClient, Tags: Tag[], name = 'x') => iam.send(new TagUserCommand({ UserName: name, Tags })),
    untag: (iam: IAMClient, TagKeys: string[]) => iam.send(new UntagUserCommand({ UserName: 'x', TagKeys })),
    list: (iam: IAMClient, page = {}) => iam.send(new ListUserTagsCommand({ UserName: 'x', ...page })),
    quota: 'TagsPerUser',
    missing: 'The user with name none cannot be found.',
  },
};

describe.each(Object.entries(kinds))('tags of a %s', (_, { make, tag, untag, list, quota, missing }) => {
  async function made() {
    const { iam } = localWorld();
    await make(iam);
    return iam;
  }

  test('are added, overwritten under their first spelling, and taken away, twice as well as once', async () => {
    const iam = await made();
    await tag(iam, [
      { Key: 'Team', Value: 'a' },
      { Key: 'cost', Value: '' },
    ]);
    await tag(iam, [{ Key: 'team', Value: 'b' }]);
    expect((await list(iam)).Tags).toEqual([
      { Key: 'Team', Value: 'b' },
      { Key: 'cost', Value: '' },
    ]);
    await untag(iam, ['TEAM', 'none']);
    await untag(iam, ['TEAM']);
    expect((await list(iam)).Tags).toEqual([{ Key: 'cost', Value: '' }]);
  });

  test('are listed over pages', async () => {
    const iam = await made();
    const tags = Array.from({ length: 10 }, (_unused, at) => ({ Key: `key-${at}`, Value: 'v' }));
    await tag(iam, tags);
    const found: Tag[] = [];
    let marker: string | undefined;
    do {
      const page = await list(iam, { MaxItems: 3, Marker: marker });
      found.push(...(page.Tags ?? []));
      marker = page.Marker;
      expect(page.IsTruncated).toBe(marker !== undefined);
    } while (marker !== undefined);
    expect(found).toEqual(tags);
  });

  test.each([
    [
      [{ Key: 'aws:x', Value: '' }],
      'InvalidInputException',
      'aws: prefixed tag key names are not allowed for external use.',
    ],
    [
      [
        { Key: 'a', Value: '' },
        { Key: 'A', Value: '' },
      ],
      'InvalidInputException',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    ],
  ])('%o are refused', async (tags, name, message) => {
    expect(await refusal(tag(await made(), tags))).toMatchObject({ name, message });
  });

  test('are fifty at most', async () => {
    const iam = await made();
    const tags = Array.from({ length: 51 }, (_unused, at) => ({ Key: `key-${at}`, Value: '' }));
    expect(await refusal(tag(iam, tags))).toMatchObject({
      name: 'LimitExceededException',
      message: `Cannot exceed quota for ${quota}: 50`,
    });
  });

  test('need somebody to be put on', async () => {
    const { iam } = localWorld();
    const fault = { name: 'NoSuchEntityException', message: missing };
    expect(await refusal(tag(iam, [{ Key: 'a', Value: '' }], 'none'))).toMatchObject(fault);
  });
});
