import { expect, test } from 'vitest';
import { changedFields, configurationOf } from '../../../../lib/cli/stage/entry-configuration.ts';
import type { AccessEntry } from '../../../../lib/local/eks/access-entry.ts';

const view = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';
const edit = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy';
const policy = (policyArn: string, ...namespaces: string[]) => {
  const scope = { type: namespaces.length > 0 ? 'namespace' : 'cluster', namespaces } as const;
  return { policyArn, scope, associatedAt: 0, modifiedAt: 0 };
};

const entry: AccessEntry = {
  ref: {
    accountId: '444455556666',
    region: 'eu-west-1',
    clusterName: 'shop',
    principalArn: 'arn:aws:iam::444455556666:role/x',
  },
  arn: 'arn:old',
  type: 'STANDARD',
  sequence: 1,
  boundId: 'AROAOLD',
  createdAt: 0,
  modifiedAt: 0,
  associableFrom: 0,
  username: 'x:{{SessionName}}',
  kubernetesGroups: ['a', 'b'],
  tags: { team: 'shop', owner: 'x' },
  policies: [policy(view), policy(edit, 'n1', 'n2')],
  mappings: [],
};
const changes = (more: Partial<AccessEntry>) =>
  changedFields(configurationOf(entry), configurationOf({ ...entry, ...more }));

test('an entry made again as it was is the same, whatever its ARN, times and order', () => {
  const again = { arn: 'arn:new', boundId: 'AROANEW', createdAt: 9, sequence: 7, kubernetesGroups: ['b', 'a'] };
  const policies = [policy(edit, 'n2', 'n1'), policy(view)];
  expect(changes({ ...again, policies, tags: { owner: 'x', team: 'shop' } })).toEqual([]);
});

test('tags of AWS’s own, which nobody may write, don’t count', () => {
  expect(changes({ tags: { ...entry.tags, 'aws:eks:managed': 'true', 'AWS:x': 'y' } })).toEqual([]);
});

test.each<[string, Partial<AccessEntry>]>([
  ['type', { type: 'EC2_LINUX' }],
  ['username', { username: 'y:{{SessionName}}' }],
  ['kubernetesGroups', { kubernetesGroups: ['a', 'b', 'c'] }],
  ['tags', { tags: { team: 'shop' } }],
  ['policies', { policies: [policy(view)] }],
  ['policies', { policies: [policy(view), policy(edit)] }],
  ['policies', { policies: [policy(view), policy(edit, 'n1', 'n2', 'n3')] }],
])('a change of %s is named', (field, more) => {
  expect(changes(more)).toEqual([field]);
});

test('an entry that is gone is named as a whole', () => {
  expect(changedFields(configurationOf(entry), undefined)).toEqual(['entry']);
});
