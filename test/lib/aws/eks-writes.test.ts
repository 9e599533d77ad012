import { describe, expect, test } from 'vitest';
import { adapterWorld, entryOf, roleArn, snapshotOf, VIEW } from './adapter-world.ts';

const entry = entryOf('people');
const full = snapshotOf({ username: 'team:{{SessionName}}', kubernetesGroups: ['dev'], tags: { team: 'a' } });

function deletionWorld() {
  const made = adapterWorld('entryDeletion');
  made.aws.eks.state.addEntry(entry);
  return { ...made, sent: () => made.aws.calls.matching({ operation: 'DeleteAccessEntry' }).length };
}

describe('creation', () => {
  test('makes an entry with all of its snapshot', async () => {
    const { aws, port, run } = adapterWorld('entryCreation');
    const answer = await run(() => port.create(entry, full, 'token-1'));
    const made = aws.eks.state.entry(entry);
    expect(answer).toEqual({ entryArn: made?.arn });
    expect(made).toMatchObject({ username: 'team:{{SessionName}}', kubernetesGroups: ['dev'], tags: { team: 'a' } });
  });

  test('leaves to EKS what the snapshot leaves out, as node types demand', async () => {
    const { aws, port, run } = adapterWorld('entryCreation');
    await run(() => port.create(entry, snapshotOf({ type: 'EC2_LINUX' }), 'token-1'));
    const [call] = aws.calls.matching({ operation: 'CreateAccessEntry' });
    expect(call?.input).toEqual({
      clusterName: 'prod',
      principalArn: roleArn('people'),
      type: 'EC2_LINUX',
      clientRequestToken: 'token-1',
    });
  });

  test('of an entry that stands there already is in-use', async () => {
    const { aws, port, run } = adapterWorld('entryCreation');
    aws.eks.state.addEntry(entry);
    await expect(run(() => port.create(entry, full, 'token-1'))).resolves.toBe('in-use');
  });

  test('whose answer was lost is sent again with its token, and answers the same entry', async () => {
    const { aws, port, run } = adapterWorld('entryCreation');
    aws.faults.inject({ operation: 'CreateAccessEntry', times: 1, effect: { kind: 'answerLost' } });
    await expect(run(() => port.create(entry, full, 'token-1'))).resolves.toHaveProperty('entryArn');
    expect(aws.calls.matching({ operation: 'CreateAccessEntry' })).toHaveLength(2);
  });

  test('for a principal that EKS does not see is PrincipalNotPropagated', async () => {
    const { port, run } = adapterWorld('entryCreation');
    await expect(run(() => port.create(entryOf('nobody'), full, 'token-1'))).rejects.toMatchObject({
      name: 'PrincipalNotPropagated',
      message: expect.stringContaining('The specified principalArn is invalid: invalid principal.'),
    });
  });

  test.each([
    ['a username that EKS refuses', entry, snapshotOf({ username: 'system:boss' }), 'must not begin with system:'],
    ['a cluster that is gone', entryOf('people', 'gone'), full, 'gone'],
  ])("with %s is CannotRecreate, in AWS's words", async (_, where, snapshot, words) => {
    const { port, run } = adapterWorld('entryCreation');
    await expect(run(() => port.create(where, snapshot, 'token-1'))).rejects.toMatchObject({
      name: 'CannotRecreate',
      message: expect.stringContaining(words),
    });
  });

  test('without permission is CannotRecreate too: nothing must be deleted then', async () => {
    const { aws, port, run } = adapterWorld('entryCreation');
    const message = 'User: x is not authorized to perform: iam:PassRole on resource: y';
    aws.faults.inject({
      operation: 'CreateAccessEntry',
      effect: { kind: 'fault', name: 'AccessDeniedException', message },
    });
    await expect(run(() => port.create(entry, full, 'token-1'))).rejects.toMatchObject({
      name: 'CannotRecreate',
      message: expect.stringContaining(message),
    });
  });
});

describe('deletion', () => {
  test('deletes; of an entry that is not there it says so', async () => {
    const { port, run } = deletionWorld();
    await expect(run(() => port.delete(entry))).resolves.toBe('deleted');
    await expect(run(() => port.delete(entry))).resolves.toBe('already-gone');
  });

  test.each(['answerLost', 'connectionLost', 'unavailable'] as const)(
    'is sent once; after %s it is unclear what happened',
    async (kind) => {
      const { aws, port, run, sent } = deletionWorld();
      aws.faults.inject({ operation: 'DeleteAccessEntry', effect: { kind } });
      await expect(run(() => port.delete(entry))).resolves.toBe('unclear');
      expect(sent()).toBe(1);
    },
  );

  test('that is throttled was not done: it is not unclear, and not sent again by itself', async () => {
    const { aws, port, run, sent } = deletionWorld();
    aws.faults.inject({ operation: 'DeleteAccessEntry', effect: { kind: 'throttle' } });
    await expect(run(() => port.delete(entry))).rejects.toMatchObject({ name: 'AwsThrottled' });
    expect(sent()).toBe(1);
  });
});

describe('association', () => {
  const policy = { policyArn: VIEW, accessScope: { type: 'namespace', namespaces: ['dev'] } } as const;
  const mutable = { ...policy, accessScope: { type: 'namespace' as const, namespaces: ['dev'] } };

  test('gives a policy in its scope, and does so again without harm', async () => {
    const { aws, port, run } = adapterWorld('policyAssociations');
    aws.eks.state.addEntry(entry);
    await run(() => port.associate(entry, mutable));
    await run(() => port.associate(entry, mutable));
    const [call] = aws.calls.matching({ operation: 'AssociateAccessPolicy' });
    expect(call?.input).toMatchObject({ policyArn: VIEW, accessScope: { type: 'namespace', namespaces: ['dev'] } });
  });

  test('for an entry that EKS does not see yet is EntryNotPropagated', async () => {
    const { aws, port, run } = adapterWorld('policyAssociations');
    const message =
      "The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.";
    aws.faults.inject({
      operation: 'AssociateAccessPolicy',
      effect: { kind: 'fault', name: 'ResourceNotFoundException', message },
    });
    await expect(run(() => port.associate(entry, mutable))).rejects.toMatchObject({ name: 'EntryNotPropagated' });
  });

  test('of a policy that is none is CannotRecreate', async () => {
    const { aws, port, run } = adapterWorld('policyAssociations');
    aws.eks.state.addEntry(entry);
    const unknown = { ...mutable, policyArn: VIEW.replace('View', 'Nothing') };
    await expect(run(() => port.associate(entry, unknown))).rejects.toMatchObject({ name: 'CannotRecreate' });
  });
});
