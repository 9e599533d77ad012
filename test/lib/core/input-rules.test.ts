import { expect, test } from 'vitest';
import { brokenInputRules } from '../../../lib/core/input-rules.ts';
import type { Snapshot } from '../../../lib/core/shapes.ts';
import { EDIT, VIEW } from './world/fake-world.ts';

const snapshot: Snapshot = {
  schemaVersion: 1,
  entryArn: 'arn:aws:eks:eu-central-1:111122223333:access-entry/orders/role/111122223333/readers/1',
  createdAt: '2026-03-01T08:00:00Z',
  type: 'STANDARD',
  username: 'readers:{{SessionName}}',
  kubernetesGroups: ['readers'],
  tags: { team: 'orders' },
  lostTags: {},
  policies: [VIEW, EDIT],
};
const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, '']));
const { username: _username, kubernetesGroups: _groups, ...plain } = snapshot;

test.each([
  ['a custom one', snapshot],
  ['a plain one', plain],
  ['a name without a session', { ...snapshot, username: 'readers' }],
  ['fifty tags', { ...snapshot, tags: tags(50) }],
])('%s breaks no rule', (_what, given) => {
  expect(brokenInputRules(given)).toEqual([]);
});

test.each([
  ['a reserved prefix', { username: 'aws:readers' }, "the username 'aws:readers' has a reserved prefix"],
  [
    'a session without a colon before it',
    { username: 'readers-{{SessionNameRaw}}' },
    "the username 'readers-{{SessionNameRaw}}' has the session's name without a colon before it",
  ],
  ['a reserved group', { kubernetesGroups: ['a', 'system:masters'] }, "the group 'system:masters' starts with system:"],
  ['too many tags', { tags: tags(51) }, 'it has 51 tags, more than 50'],
  [
    'a scope of no namespaces',
    { policies: [{ ...VIEW, accessScope: { type: 'namespace' as const } }] },
    `the policy '${VIEW.policyArn}' is scoped to namespaces but names none`,
  ],
])('%s is named', (_what, changes, words) => {
  expect(brokenInputRules({ ...snapshot, ...changes })).toEqual([words]);
});
