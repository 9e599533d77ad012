import { expect, test } from 'vitest';
import { adapterWorld, entryOf, PLACE, roleArn, START, VIEW } from './adapter-world.ts';

test('lists every page of entries', async () => {
  const { aws, port, putRole, run } = adapterWorld('accessEntries');
  const names = Array.from({ length: 250 }, (_, index) => `role-${String(index).padStart(3, '0')}`);
  for (const name of names) {
    putRole(name);
    aws.eks.state.addEntry(entryOf(name));
  }
  const listed = await run(() => port.list(PLACE, 'prod'));
  expect(listed.toSorted()).toEqual(names.map(roleArn).toSorted());
  expect(aws.calls.matching({ operation: 'ListAccessEntries' })).toHaveLength(3);
});

test('describes an entry whose principal has a path', async () => {
  const { aws, port, putRole, run } = adapterWorld('accessEntries');
  putRole('worker', '/team/nodes/');
  const entry = entryOf('team/nodes/worker');
  aws.eks.state.addEntry({ ...entry, type: 'EC2_LINUX', tags: { app: 'a b' }, createdAt: START - 1500 });
  await expect(run(() => port.describe(entry))).resolves.toEqual({
    entryArn: expect.stringMatching(/^arn:aws:eks:eu-west-1:111122223333:access-entry\/prod\/role\//),
    principalArn: entry.principalArn,
    createdAt: '2026-03-01T11:59:58.500Z',
    modifiedAt: '2026-03-01T11:59:58.500Z',
    type: 'EC2_LINUX',
    username: 'system:node:{{EC2PrivateDNSName}}',
    kubernetesGroups: ['system:nodes'],
    tags: { app: 'a b' },
  });
});

test('an entry that is not there is undefined and has no policies; a cluster that is not there is an error', async () => {
  const { port, run } = adapterWorld('accessEntries');
  await expect(run(() => port.describe(entryOf('people')))).resolves.toBeUndefined();
  await expect(run(() => port.policies(entryOf('people')))).resolves.toEqual([]);
  const elsewhere = entryOf('people', 'gone');
  await expect(run(() => port.describe(elsewhere))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(run(() => port.policies(elsewhere))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test("shows each policy in its own scope, a cluster's without namespaces", async () => {
  const { aws, port, run } = adapterWorld('accessEntries');
  const edit = VIEW.replace('View', 'Edit');
  aws.eks.state.addEntry({
    ...entryOf('people'),
    policies: [
      { policyArn: VIEW, scope: { type: 'cluster', namespaces: [] } },
      { policyArn: edit, scope: { type: 'namespace', namespaces: ['dev-*', 'test'] } },
    ],
  });
  const policies = await run(() => port.policies(entryOf('people')));
  expect(policies).toHaveLength(2);
  expect(policies).toContainEqual({ policyArn: VIEW, accessScope: { type: 'cluster' } });
  expect(policies).toContainEqual({
    policyArn: edit,
    accessScope: { type: 'namespace', namespaces: ['dev-*', 'test'] },
  });
});
