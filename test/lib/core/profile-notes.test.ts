import { expect, test } from 'vitest';
import { AwsThrottled } from '../../../lib/core/errors.ts';
import { profileNotes } from '../../../lib/core/profile-notes.ts';
import { PRINCIPAL } from './world/fake-world.ts';

const notes = (type: string, holding: () => Promise<string[]>) =>
  profileNotes(type, PRINCIPAL, { instanceProfiles: { holding } });

const failing = (name: string) => () => Promise.reject(Object.assign(new Error('no'), { name }));

test.each(['EC2_LINUX', 'EC2_WINDOWS'])('%s: tells of a role that no instance profile holds', async (type) => {
  const [note, ...more] = await notes(type, async () => []);
  expect(note).toMatchObject({ rule: 'NoInstanceProfile', explanation: expect.stringContaining('managed node group') });
  expect(note?.explanation).toMatch(/^rebound, but no instance profile holds this role/);
  expect(more).toEqual([]);
});

test('says nothing of a role that one holds', async () => {
  expect(await notes('EC2_LINUX', async () => ['eks-nodes'])).toEqual([]);
});

test.each(['STANDARD', 'EC2', 'FARGATE_LINUX', 'HYBRID_LINUX', 'HYPERPOD_LINUX'])(
  '%s: nobody fills a profile for it, and none is looked for',
  async (type) => {
    expect(await notes(type, failing('NeverAsked'))).toEqual([]);
  },
);

test.each(['AccessDenied', 'AccessDeniedException'])('%s is only told of: the entry is rebound', async (name) => {
  expect(await notes('EC2_LINUX', failing(name))).toMatchObject([{ rule: 'InstanceProfilesUnread' }]);
});

test('whatever else fails goes through, to be tried again', async () => {
  await expect(notes('EC2_LINUX', () => Promise.reject(new AwsThrottled('slow down')))).rejects.toThrow(AwsThrottled);
  // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what is no error must not be taken for one
  await expect(notes('EC2_LINUX', () => Promise.reject('AccessDenied'))).rejects.toBe('AccessDenied');
});
