import { CreateRoleCommand, DeleteRoleCommand, GetRoleCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { delayOf, type ReadLag, readLag } from '../../../../lib/local/iam/read-lag.ts';
import { ACCOUNT, EC2, localWorld, roleArn } from '../local-world.ts';

const RoleName = 'worker';

function lagging(lag: Partial<ReadLag>) {
  const world = localWorld({ lag });
  const { iam, aws } = world;
  const create = () => iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: EC2 }));
  const remove = () => iam.send(new DeleteRoleCommand({ RoleName }));
  /** What so many reads in a row answer: an id, an ARN, or the error's name. */
  const reads = async (count: number, what: 'RoleId' | 'Arn' = 'RoleId') => {
    const answers: (string | undefined)[] = [];
    for (let read = 0; read < count; read++) {
      const answer = iam.send(new GetRoleCommand({ RoleName })).then(({ Role }) => Role?.[what]);
      answers.push(await answer.catch((error: Error) => error.name));
    }
    return [...new Set(answers)];
  };
  const eksSees = (region: string) => aws.iam.seenBy(`eks:${region}`, ACCOUNT, 'role', RoleName)?.uniqueId;
  return { ...world, create, remove, reads, eksSees };
}

describe('GetRole', () => {
  test('sees a role only after its delay', async () => {
    const { create, reads, wait } = lagging({ getRole: 5_000 });
    const { Role } = await create();
    expect(await reads(5)).toEqual(['NoSuchEntityException']);
    await wait(5_000);
    expect(await reads(5)).toEqual([Role?.RoleId]);
  });

  test('answers from machines that see a write at different times, so that it flips back and forth', async () => {
    const { create, reads, wait } = lagging({ getRole: { from: 0, to: 20_000 } });
    const { Role } = await create();
    const seen = new Set<string>();
    for (let second = 0; second < 20; second++) {
      seen.add((await reads(12)).toSorted((one = '', other = '') => (one < other ? -1 : 1)).join());
      await wait(1_000);
    }
    expect(seen).toContain([Role?.RoleId, 'NoSuchEntityException'].join());
    expect(await reads(30)).toEqual([Role?.RoleId]);
  });

  test('may show the role of before, once it was deleted and made anew', async () => {
    const { create, remove, reads, wait } = lagging({ getRole: 5_000 });
    const { Role: before } = await create();
    await wait(60_000);
    await remove();
    const { Role: after } = await create();
    expect(await reads(3)).toEqual([before?.RoleId]);
    await wait(5_000);
    expect(await reads(3)).toEqual([after?.RoleId]);
  });

  test('shows the id in place of the ARN for a while', async () => {
    const { create, reads, wait } = lagging({ uniqueIdAsArn: 4_000 });
    const { Role } = await create();
    expect(await reads(5, 'Arn')).toEqual([Role?.RoleId]);
    await wait(4_000);
    expect(await reads(5, 'Arn')).toEqual([roleArn(RoleName)]);
  });
});

test('ListRoles lags behind as GetRole does', async () => {
  const { create, iam, wait } = lagging({ getRole: 5_000 });
  await create();
  expect((await iam.send(new ListRolesCommand({}))).Roles).toEqual([]);
  await wait(5_000);
  expect((await iam.send(new ListRolesCommand({}))).Roles).toHaveLength(1);
});

/** After how many seconds EKS of each region sees a new role. */
async function secondsUntilSeen(order: readonly string[]): Promise<Record<string, number>> {
  const { create, eksSees, wait } = lagging({ eks: { from: 0, to: 90_000 } });
  await create();
  const seenAt = new Map<string, number>();
  for (let second = 0; second <= 90; second++) {
    for (const region of order) if (eksSees(region) && !seenAt.has(region)) seenAt.set(region, second);
    await wait(1_000);
  }
  return Object.fromEntries(seenAt);
}

describe('EKS', () => {
  test('of each region sees a write after a delay of its own', async () => {
    const { create, eksSees, wait } = lagging({ eks: 10_000, readers: { 'eks:eu-west-1': 60_000 } });
    const { Role } = await create();
    await wait(10_000);
    expect([eksSees('us-east-1'), eksSees('eu-west-1')]).toEqual([Role?.RoleId, undefined]);
    await wait(50_000);
    expect(eksSees('eu-west-1')).toBe(Role?.RoleId);
  });

  test('draws one delay a region and write, whoever reads first', async () => {
    const first = await secondsUntilSeen(['us-east-1', 'eu-west-1', 'eu-north-1']);
    expect(await secondsUntilSeen(['eu-north-1', 'us-east-1', 'eu-west-1'])).toEqual(first);
    expect(new Set(Object.values(first)).size).toBeGreaterThan(1);
  });

  test('sees at once what was put into the world with a past', () => {
    const { aws } = lagging({ eks: 90_000, getRole: 20_000 });
    const ids = {
      partition: 'aws',
      accountId: ACCOUNT,
      uniqueId: 'AROAOLD',
      tags: {},
      path: '/',
      arn: roleArn(RoleName),
    };
    aws.iam.put({ kind: 'role', name: RoleName, createDate: Date.parse('2026-11-23T17:00:00Z'), ...ids });
    expect(aws.iam.seenBy('eks:us-east-1', ACCOUNT, 'role', RoleName)?.uniqueId).toBe('AROAOLD');
  });
});

test('by default EKS is settled well before the settle age of two minutes', () => {
  const { eks, getRole, uniqueIdAsArn } = readLag();
  for (const draw of [0, 0.3, 0.999]) {
    expect(delayOf(eks, draw, 'eks:x')).toBeLessThanOrEqual(90_000);
    expect(delayOf(getRole, draw, 'a') + delayOf(uniqueIdAsArn, draw, 'a')).toBeLessThanOrEqual(30_000);
  }
});
