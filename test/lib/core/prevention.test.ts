import { expect, test } from 'vitest';
import { ownerNotes } from '../../../lib/core/prevention.ts';
import type { Snapshot } from '../../../lib/core/shapes.ts';

const ROLE = 'arn:aws:iam::111122223333:role/';
const snapshot = (tags: Record<string, string>, lostTags: Record<string, string> = {}): Snapshot => ({
  schemaVersion: 1,
  entryArn: 'arn',
  createdAt: '2026-03-01T08:00:00.000Z',
  type: 'STANDARD',
  tags,
  lostTags,
  policies: [],
});
const notes = (tags: Record<string, string>, lostTags = {}, name = 'nodes', principalTags = {}) =>
  ownerNotes(snapshot(tags, lostTags), { arn: `${ROLE}${name}`, tags: principalTags });

test.each([
  ['Terraform', { 'managed-by': 'terraform' }, 'replace_triggered_by = [aws_iam_role.NAME.unique_id]'],
  ['Terraform', { 'managed-by': 'terraform' }, 'name_prefix'],
  ['Pulumi', { 'pulumi:stack': 'prod' }, 'let Pulumi name the role'],
  ['eksctl', { 'alpha.eksctl.io/cluster-name': 'web' }, 'instanceRoleARN'],
  ['ACK', { 'services.k8s.aws/namespace': 'x' }, 'services.k8s.aws/deletion-policy: retain'],
  ['Crossplane', { 'crossplane-name': 'x' }, 'managementPolicies'],
])('%s made an entry with %o: %s', (tool, tags, words) => {
  const [owner, prevention] = notes(tags);
  expect(owner).toMatchObject({ rule: 'Owner', evidence: { tool, of: 'entry', tag: Object.keys(tags)[0] } });
  expect(owner?.explanation).toBe(`a tag of the entry says that ${tool} made the entry`);
  expect(prevention).toMatchObject({ rule: 'Prevention', evidence: { tool } });
  expect(prevention?.explanation).toContain(words);
});

test('tags that nobody but AWS writes tell, too', () => {
  const [owner, prevention] = notes({}, { 'aws:cloudformation:stack-name': 'web' });
  expect(owner?.evidence).toMatchObject({ tool: 'CloudFormation', value: 'web' });
  expect(prevention?.explanation).toContain('no RoleName');
  expect(notes({}, { 'aws:eks:managed': 'true' })[1]?.explanation).toContain('permanent role');
});

test('a name tells who made the principal', () => {
  const [owner, prevention] = notes({}, {}, 'aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef');
  expect(owner?.explanation).toBe('the name of the principal says that IAM Identity Center made the principal');
  expect(prevention?.explanation).toContain('assignment of the permission set');
});

test('nobody known made it: what holds for whoever did', () => {
  expect(notes({ team: 'x' })).toMatchObject([{ rule: 'Prevention', evidence: {} }]);
});

test('no text from AWS gets into the words, only into the evidence', () => {
  const evil = '<img src=x onerror=alert(1)>`rm -rf /`';
  const told = notes({ [evil]: evil }, { 'aws:cloudformation:stack-name': evil }, evil, { [evil]: evil });
  expect(told.map(({ explanation }) => explanation).join()).not.toContain('rm -rf');
  expect(told[0]?.evidence).toMatchObject({ value: evil });
});
