import { AddRoleToInstanceProfileCommand, CreateInstanceProfileCommand, IAMClient } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { ACCOUNT, adapterWorld, roleArn } from './adapter-world.ts';

const role = (name: string) => ({ partition: 'aws', accountId: ACCOUNT, kind: 'role', name }) as const;

/** The role `people` in so many instance profiles. */
async function worldWith(profiles: number) {
  const world = adapterWorld('instanceProfiles');
  const credentials = world.aws.credentials.issue({ arn: roleArn('people'), sessionName: 'ann' });
  const iam = new IAMClient({ region: 'us-east-1', credentials, requestHandler: world.aws.requestHandler });
  for (let number = 0; number < profiles; number += 1) {
    const InstanceProfileName = `nodes-${String(number).padStart(3, '0')}`;
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName: 'people' }));
  }
  return world;
}

test('all pages of the instance profiles that hold a role are read', async () => {
  const { aws, port, run } = await worldWith(101);
  const found = await run(() => port.holding(role('people')));
  expect(found).toHaveLength(101);
  expect(found.at(-1)).toBe('nodes-100');
  expect(aws.calls.all.filter(({ operation }) => operation === 'ListInstanceProfilesForRole')).toHaveLength(2);
});

test('a role in none has none, and so has one that is gone', async () => {
  const { port, run } = await worldWith(0);
  await expect(run(() => port.holding(role('people')))).resolves.toEqual([]);
  await expect(run(() => port.holding(role('gone')))).resolves.toEqual([]);
});
