import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { AccessEntry } from '../../../lib/core/ports.ts';
import { type PolicyAssociation, Snapshot } from '../../../lib/core/shapes.ts';
import { differences, takeSnapshot } from '../../../lib/core/snapshot.ts';

const entry: AccessEntry = {
  entryArn: 'arn:aws:eks:eu-central-1:111122223333:access-entry/shop/role/111122223333/worker/5ac7',
  principalArn: 'arn:aws:iam::111122223333:role/team/people',
  createdAt: '2026-11-01T12:00:00.000Z',
  modifiedAt: '2026-11-01T12:00:00.000Z',
  type: 'STANDARD',
  username: 'arn:aws:sts::111122223333:assumed-role/people/{{SessionName}}',
  kubernetesGroups: [],
  tags: {},
};

const policyArn = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;
const view: PolicyAssociation = { policyArn: policyArn('AmazonEKSViewPolicy'), accessScope: { type: 'cluster' } };
const edit: PolicyAssociation = {
  policyArn: policyArn('AmazonEKSEditPolicy'),
  accessScope: { type: 'namespace', namespaces: ['shop', 'cart-*'] },
};

describe('takeSnapshot', () => {
  test('keeps all that a STANDARD entry needs to be made again', () => {
    const custom = {
      ...entry,
      username: 'people:{{SessionName}}',
      kubernetesGroups: ['b', 'a'],
      tags: { team: 'shop' },
    };
    expect(takeSnapshot(custom, [view, edit])).toEqual({
      schemaVersion: 1,
      entryArn: entry.entryArn,
      createdAt: entry.createdAt,
      type: 'STANDARD',
      username: 'people:{{SessionName}}',
      kubernetesGroups: ['b', 'a'],
      tags: { team: 'shop' },
      lostTags: {},
      policies: [{ ...edit, accessScope: { type: 'namespace', namespaces: ['cart-*', 'shop'] } }, view],
    });
  });

  test.each([
    ['a role', entry.principalArn, 'arn:aws:sts::111122223333:assumed-role/people/{{SessionName}}'],
    [
      'a role of China',
      'arn:aws-cn:iam::111122223333:role/people',
      'arn:aws-cn:sts::111122223333:assumed-role/people/{{SessionName}}',
    ],
    ['a user', 'arn:aws:iam::111122223333:user/ops/alice', 'arn:aws:iam::111122223333:user/ops/alice'],
    ['nothing', entry.principalArn, ''],
  ])('leaves out the username that EKS makes for %s', (_whom, principalArn, username) => {
    expect(takeSnapshot({ ...entry, principalArn, username }, [])).not.toHaveProperty('username');
  });

  test.each([
    ['with the path in it', entry.principalArn, 'arn:aws:sts::111122223333:assumed-role/team/people/{{SessionName}}'],
    ['of another account', entry.principalArn, 'arn:aws:sts::444455556666:assumed-role/people/{{SessionName}}'],
    ['of a principal that is not understood', 'arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:root'],
  ])('keeps a username %s', (_what, principalArn, username) => {
    expect(takeSnapshot({ ...entry, principalArn, username }, [])).toMatchObject({ username });
  });

  test.each(['EC2_LINUX', 'EC2_WINDOWS', 'EC2', 'FARGATE_LINUX', 'HYBRID_LINUX', 'HYPERPOD_LINUX'])(
    'leaves out what EKS makes itself for %s and refuses on input',
    (type) => {
      const node = {
        ...entry,
        type,
        username: 'system:node:{{EC2PrivateDNSName}}',
        kubernetesGroups: ['system:nodes'],
      };
      const snapshot = takeSnapshot(node, []);
      expect(snapshot).not.toHaveProperty('username');
      expect(snapshot).not.toHaveProperty('kubernetesGroups');
    },
  );

  test('keeps what an entry of an unknown type shows', () => {
    const unknown = { ...entry, type: 'OUTPOST', username: 'x', kubernetesGroups: ['y'] };
    expect(takeSnapshot(unknown, [])).toMatchObject({ type: 'OUTPOST', username: 'x', kubernetesGroups: ['y'] });
  });

  test('parts the tags that nobody may write from the others, in any case', () => {
    const tags = {
      'aws:eks:managed': 'true',
      'AWS:x': '1',
      'Aws:cloudformation:stack-id': 's',
      aws: 'mine',
      awsome: 'too',
    };
    expect(takeSnapshot({ ...entry, tags }, [])).toMatchObject({
      tags: { aws: 'mine', awsome: 'too' },
      lostTags: { 'aws:eks:managed': 'true', 'AWS:x': '1', 'Aws:cloudformation:stack-id': 's' },
    });
  });

  test('leaves out the empty list of namespaces that EKS shows for a whole cluster', () => {
    const shown = { ...view, accessScope: { type: 'cluster' as const, namespaces: [] } };
    expect(takeSnapshot(entry, [shown]).policies).toEqual([view]);
  });

  test('does not widen a scope whose namespaces are not told', () => {
    const bare = { ...edit, accessScope: { type: 'namespace' as const } };
    expect(takeSnapshot(entry, [bare]).policies).toEqual([
      { ...edit, accessScope: { type: 'namespace', namespaces: [] } },
    ]);
  });

  test('changes nothing of what it was given', () => {
    const given = { ...edit, accessScope: { type: 'namespace' as const, namespaces: ['z', 'a'] } };
    takeSnapshot(entry, [view, given]);
    expect(given.accessScope.namespaces).toEqual(['z', 'a']);
  });

  test('is of the shape that travels', () => {
    expect(v.is(Snapshot, takeSnapshot({ ...entry, kubernetesGroups: ['a'] }, [view, edit]))).toBe(true);
  });
});

describe('differences', () => {
  const was = takeSnapshot({ ...entry, username: 'u', kubernetesGroups: ['a', 'b'], tags: { team: 'shop', x: '1' } }, [
    view,
    edit,
  ]);
  const narrower = { policyArn: edit.policyArn, accessScope: { type: 'namespace' as const, namespaces: ['shop'] } };
  const withPolicies = { policies: true };

  test.each<[string, Partial<Snapshot>, string[]]>([
    ['the entry was made again', { entryArn: 'another', createdAt: '2026-11-03T12:00:00Z' }, []],
    ['a tag of AWS is lost', { lostTags: { 'aws:x': '1' } }, []],
    ['groups are in another order', { kubernetesGroups: ['b', 'a'] }, []],
    [
      'namespaces are in another order',
      { policies: [{ ...edit, accessScope: { type: 'namespace', namespaces: ['shop', 'cart-*'] } }, view] },
      [],
    ],
    ['the type', { type: 'EC2' }, ['setting type was STANDARD, is EC2']],
    ['the username', { username: 'w' }, ['setting username was "u", is "w"']],
    ['a group', { kubernetesGroups: ['a'] }, ['setting kubernetesGroups was ["a","b"], is ["a"]']],
    ['a tag’s value', { tags: { team: 'cart', x: '1' } }, ['tag team was "shop", is "cart"']],
    ['a tag is gone', { tags: { x: '1' } }, ['tag team ("shop") is gone']],
    ['a tag is new', { tags: { team: 'shop', x: '1', y: '' } }, ['tag y ("") was not there before']],
    ['a policy is gone', { policies: [view] }, [`policy ${edit.policyArn} (in namespaces ["cart-*","shop"]) is gone`]],
    [
      'a scope',
      { policies: [narrower, view] },
      [`policy ${edit.policyArn} was in namespaces ["cart-*","shop"], is in namespaces ["shop"]`],
    ],
    [
      'a policy is new',
      { policies: [...was.policies, { policyArn: 'p', accessScope: { type: 'namespace' } }] },
      ['policy p (in namespaces []) was not there before'],
    ],
  ])('%s', (_what, change, expected) => {
    expect(differences(was, { ...was, ...change }, withPolicies)).toEqual(expected);
  });

  test('says what a setting is where it is left to EKS', () => {
    const bare = takeSnapshot(entry, []);
    expect(differences(was, { ...bare, tags: was.tags }, { policies: false })).toEqual([
      'setting kubernetesGroups was ["a","b"], is []',
      'setting username was "u", is the default',
    ]);
  });

  test('tells a username that reads like a default from the default', () => {
    const one = takeSnapshot(entry, []);
    expect(differences(one, { ...one, username: 'the default' }, withPolicies)).toHaveLength(1);
  });

  test('leaves policies apart where it is told to', () => {
    expect(differences(was, { ...was, policies: [] }, { policies: false })).toEqual([]);
  });

  test('does not mistake the property of an object for a tag', () => {
    const odd = { ...was, tags: { ...was.tags, constructor: 'c' } };
    expect(differences(was, odd, withPolicies)).toEqual(['tag constructor ("c") was not there before']);
  });

  const policy: fc.Arbitrary<PolicyAssociation> = fc.record({
    policyArn: fc.constantFrom('p1', 'p2', 'p3'),
    accessScope: fc.oneof(
      fc.constant({ type: 'cluster' as const }),
      fc.record({
        type: fc.constant('namespace' as const),
        namespaces: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
      }),
    ),
  });
  const tags = fc.dictionary(fc.constantFrom('x', 'aws:y', 'z'), fc.constantFrom('1', '2'));
  const groups = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'));
  const policies = fc.uniqueArray(policy, { selector: ({ policyArn: arn }) => arn });

  test('finds none between two readings of the same entry, in whatever order EKS lists', () => {
    fc.assert(
      fc.property(tags, groups, policies, (someTags, someGroups, somePolicies) => {
        const one = takeSnapshot({ ...entry, tags: someTags, kubernetesGroups: someGroups }, somePolicies);
        const backwards = { ...entry, tags: someTags, kubernetesGroups: someGroups.toReversed() };
        expect(differences(one, takeSnapshot(backwards, somePolicies.toReversed()), withPolicies)).toEqual([]);
      }),
    );
  });
});
