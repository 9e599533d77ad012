import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import type { FaultEffect } from '../../lib/local/faults.ts';
import { before, ownerOf } from '../simulator/owner.ts';
import { simulate, type Simulation } from '../simulator/simulate.ts';
import { ACCOUNT, trusting } from '../simulator/world-options.ts';
import { ends, rulesOf } from './ends.ts';

const NOW = '2026-03-02T09:00:00Z';
const ROOT_TRUST = trusting({ AWS: 'arn:aws:iam::111122223333:root' });
const people = { name: 'people', trust: ROOT_TRUST };
const standard = { role: 'people', type: 'STANDARD', groups: ['devs'], policies: { AmazonEKSViewPolicy: [] } };
const ofPeople = (more = {}) => simulate({ roles: [people], entries: [{ ...standard, ...more }] });

async function recreated(world: Simulation, role: { name: string; trust?: object } = { name: 'nodes' }) {
  await world.recreateRole(role);
  await world.quiet();
  return world.ran('rebind-entry').at(-1);
}

const journalOf = async (world: Simulation, role = 'nodes') =>
  (await world.ledger.read(world.entry(role)))?.record.journal;

describe('the guard', () => {
  test.each([
    ['cluster-admin', { policies: { AmazonEKSClusterAdminPolicy: [] } }, people, 'AdminPolicy'],
    ['a trust policy that changed', {}, { name: 'people', trust: trusting({ AWS: '444455556666' }) }, 'NoRuleMatches'],
  ])('asks a person about %s, and touches nothing', async (_, entry, role, rule) => {
    const world = await ofPeople(entry);
    const stood = world.standing('people');
    const ran = await recreated(world, role);
    expect(ran?.end).toBe('NeedsApproval');
    expect(rulesOf(ran)).toContain(rule);
    expect(world.standing('people')).toEqual(stood);
  });

  test.each([
    ['report', 'Refused', 'ReportOnly'],
    ['ask', 'NeedsApproval', 'AskMode'],
  ])('in mode %s ends as %s, and touches nothing', async (mode, end, rule) => {
    const world = await simulate({ environment: { EKS_REBIND_MODE: mode } });
    const stood = world.standing('nodes');
    const ran = await recreated(world);
    expect(ran?.end).toBe(end);
    expect(rulesOf(ran)).toContain(rule);
    expect(world.standing('nodes')).toEqual(stood);
  });

  test('asks about a node role, too, of whose earlier life nothing is known', async () => {
    const world = await simulate({ inventory: false });
    await expect(recreated(world)).resolves.toMatchObject({ end: 'NeedsApproval' });
  });

  test('asks again about the next life after a question that nobody answered', async () => {
    const world = await ofPeople({ policies: { AmazonEKSClusterAdminPolicy: [] } });
    await recreated(world, people);
    const ran = await recreated(world, people);
    expect(ran?.end).toBe('NeedsApproval');
    expect(rulesOf(ran)).toContain('AskedBefore');
  });
});

/** Every create fails from the moment of the delete: Preflight has passed. */
async function failing(effect: FaultEffect) {
  const world = await simulate();
  const { faults, eks } = world.aws;
  const isGone = () => eks.state.entry(world.entry('nodes')) === undefined;
  const fault = faults.inject({ operation: 'CreateAccessEntry', when: isGone, effect });
  const ran = await recreated(world);
  return { world, fault, ran };
}

describe('creating it again', () => {
  test('fails as a task when EKS does not make it, and a redrive takes up right there', async () => {
    const { world, fault, ran } = await failing({ kind: 'unavailable' });
    expect(ran?.end).toBe('FAILED AwsUnavailable');
    expect(world.standing('nodes')).toBeUndefined();
    await expect(journalOf(world)).resolves.toMatchObject({ phase: 'deleting', snapshot: { type: 'EC2_LINUX' } });
    fault.lift();
    await world.pass(20 * 60);
    await world.redrive(ran?.arn ?? '');
    await world.quiet();
    expect(world.ran('rebind-entry')).toMatchObject([{ end: 'Rebound', redriveCount: 1 }]);
    expect(world.standing('nodes')).toMatchObject({ tags: { made: 'by-terraform' } });
    expect(world.authenticates('nodes')).toBe(200);
    expect(world.aws.calls.matching({ operation: 'DeleteAccessEntry' })).toHaveLength(1);
  });

  test('retries an invalid principal for minutes, then fails as a task', async () => {
    const message = 'The specified principalArn is invalid: invalid principal.';
    const { fault, ran } = await failing({ kind: 'fault', name: 'InvalidParameterException', message });
    expect(ran?.end).toBe('FAILED PrincipalNotPropagated');
    expect(fault.count).toBe(11);
  });

  test('that EKS refuses for good is not tried again', async () => {
    const fault = { kind: 'fault', name: 'ResourceLimitExceededException', message: 'too many' } as const;
    const { ran, fault: injected } = await failing(fault);
    expect(ran?.end).toBe('FAILED CannotRecreate');
    expect(injected.count).toBe(1);
  });

  test('over an hour after the delete asks a person first, and the journal stays open', async () => {
    const { world, fault, ran } = await failing({ kind: 'unavailable' });
    fault.lift();
    await world.pass(2 * 3600);
    await world.redrive(ran?.arn ?? '');
    await world.quiet();
    const [end] = world.ran('rebind-entry');
    expect(end?.end).toBe('NeedsApproval');
    expect(rulesOf(end)).toContain('ResumedDelete');
    expect(JSON.stringify(end?.output)).toContain('gone');
    expect(world.standing('nodes')).toBeUndefined();
    await expect(journalOf(world)).resolves.toMatchObject({ phase: 'deleting', snapshot: { type: 'EC2_LINUX' } });
  });

  test('is NeedsRedrive for whoever comes by the same event again', async () => {
    const { world, fault, ran } = await failing({ kind: 'unavailable' });
    const event = world.aws.events.events.find(({ detail }) => detail['eventName'] === 'CreateRole');
    await world.send(event);
    await world.quiet();
    expect(world.ran('role-changed').at(-1)).toMatchObject({
      end: 'NeedsRedrive',
      output: { rebinds: [{ status: 'needsRedrive', executionArn: ran?.arn }] },
    });
    fault.lift();
    await world.redrive(ran?.arn ?? '');
    await world.quiet();
    expect(ends(world.ran('rebind-entry'))).toEqual(['Rebound']);
  });

  test('for a role made again meanwhile loses nothing: the later life asks, the earlier one may write no more', async () => {
    const { world, fault, ran } = await failing({ kind: 'unavailable' });
    fault.lift();
    const later = await recreated(world);
    expect(later?.end).toBe('NeedsApproval');
    expect(rulesOf(later)).toContain('ResumedDelete');
    await world.redrive(ran?.arn ?? '');
    await world.quiet();
    expect(ends(world.ran('rebind-entry'))).toEqual(['Superseded', 'NeedsApproval']);
    await expect(journalOf(world)).resolves.toMatchObject({ phase: 'deleting', snapshot: { type: 'EC2_LINUX' } });
    expect(world.standing('nodes')).toBeUndefined();
  });
});

describe('what EKS would not take back', () => {
  test('fails in Preflight as CannotRecreate, with nothing touched', async () => {
    const world = await simulate();
    const stood = world.standing('nodes');
    const message = 'User: x is not authorized to perform: iam:PassRole on resource: y';
    const effect = { kind: 'fault', name: 'AccessDeniedException', message } as const;
    world.aws.faults.inject({ operation: 'CreateAccessEntry', effect });
    const ran = await recreated(world);
    expect(ran?.end).toBe('FAILED CannotRecreate');
    expect(ran?.cause).toContain('iam:PassRole');
    expect(world.standing('nodes')).toEqual(stood);
    expect(world.aws.calls.matching({ operation: 'DeleteAccessEntry' })).toEqual([]);
  });
});

describe('an owner at work at the same time', () => {
  test('who changes the entry before the delete finds the change in the new one', async () => {
    const world = await ofPeople();
    before(world, 'DeleteEntry', () =>
      ownerOf(world).changes(world.entry('people'), { kubernetesGroups: ['devs', 'ops'] }),
    );
    const ran = await recreated(world, people);
    expect(ran?.end).toBe('Rebound');
    expect(world.standing('people')?.kubernetesGroups).toEqual(['devs', 'ops']);
  });

  test('who changes it each time keeps it as it is', async () => {
    const world = await ofPeople();
    let change = 0;
    const act = () => ownerOf(world).changes(world.entry('people'), { kubernetesGroups: [`team-${change++}`] });
    before(world, 'DeleteEntry', act, 'each');
    const ran = await recreated(world, people);
    expect(ran?.end).toBe('KeepsChanging');
    expect(world.aws.calls.matching({ operation: 'DeleteAccessEntry' })).toEqual([]);
    expect(world.standing('people')).toBeDefined();
  });

  test('who deletes it first meant it', async () => {
    const world = await simulate();
    before(world, 'DeleteEntry', () => ownerOf(world).deletes(world.entry('nodes')));
    const ran = await recreated(world);
    expect(ran?.end).toBe('LeftToOwner');
    expect(world.standing('nodes')).toBeUndefined();
  });

  test('who makes it again with less after our delete keeps theirs, and the difference is told', async () => {
    const world = await ofPeople();
    before(world, 'CreateEntry', () => ownerOf(world).makes(world.entry('people'), { kubernetesGroups: ['interns'] }));
    const ran = await recreated(world, people);
    expect(ran?.end).toBe('LeftToOwner');
    expect(JSON.stringify(ran?.output)).toContain('interns');
    expect(world.standing('people')).toMatchObject({ kubernetesGroups: ['interns'], policies: [] });
  });
});

describe('lost answers', () => {
  test.each(['CreateAccessEntry', 'DeleteAccessEntry', 'AssociateAccessPolicy', 'PutEvents', 'StartExecution'])(
    'of %s change nothing about the end',
    async (operation) => {
      const world = await ofPeople();
      const stood = world.standing('people');
      world.aws.faults.inject({ operation, times: 1, effect: { kind: 'answerLost' } });
      const ran = await recreated(world, people);
      expect(ends(world.ran('rebind-entry'))).toEqual(['Rebound']);
      expect(ran?.redriveCount).toBe(0);
      const standing = world.standing('people');
      expect(standing?.arn).not.toBe(stood?.arn);
      expect(standing?.kubernetesGroups).toEqual(['devs']);
      expect(standing?.policies).toHaveLength(1);
      expect(world.authenticates('people')).toBe(200);
    },
  );
});

describe('an outcome', () => {
  test("is announced on the bus with the source eks-rebind and is the execution's output", async () => {
    const world = await simulate();
    const ran = await recreated(world);
    const announced = world.aws.events.events.filter(({ source }) => source === 'eks-rebind');
    expect(announced).toMatchObject([
      {
        'detail-type': 'Rebind Outcome',
        resources: [ran?.arn],
        detail: { schemaVersion: 1, entry: world.entry('nodes'), outcome: ran?.output, executionArn: ran?.arn },
      },
    ]);
  });

  test('leaves one log line for each step, each with its execution, cause and request', async () => {
    const world = await simulate();
    const ran = await recreated(world);
    const lines: Record<string, unknown>[] = world.lines.map((line) => JSON.parse(line));
    const ofRebind = lines.filter(({ executionArn }) => executionArn === ran?.arn);
    const steps = ['InspectEntry', 'Preflight', 'DeleteEntry', 'CreateEntry', 'AssociatePolicies', 'VerifyEntry'];
    expect(new Set(ofRebind.map(({ step }) => step))).toEqual(new Set([...steps, 'AnnounceOutcome']));
    const incomplete = lines.filter(({ cause, requestId }) => !(cause && requestId));
    expect(incomplete).toEqual([]);
  });
});

async function startedByHand(input: object) {
  const world = await simulate();
  const stateMachineArn = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:eks-rebind-rebind-entry`;
  const command = new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) });
  await world.run(() => world.clients.stepFunctions().send(command));
  await world.quiet();
  return { world, ran: world.ran('rebind-entry')[0] };
}

describe('started by hand', () => {
  test('without its input it says what is missing', async () => {
    const { ran } = await startedByHand({});
    expect(ran?.end).toBe('FAILED InvalidInput');
    expect(ran?.cause).toContain('journal.entry is missing');
  });

  test('with an input that nobody allocated it writes nothing', async () => {
    const incarnation = { principalArn: 'arn:aws:iam::111122223333:role/nodes', principalId: 'AROA1', createdAt: NOW };
    const entry = {
      accountId: ACCOUNT,
      region: 'eu-west-1',
      clusterName: 'prod',
      principalArn: incarnation.principalArn,
    };
    const { world, ran } = await startedByHand({ entry, incarnation, generation: 7, cause: { kind: 'person' } });
    expect(ran?.end).toBe('Superseded');
    expect(rulesOf(ran)).toEqual(['LeaseLost']);
    expect(world.aws.calls.matching({ operation: 'DeleteAccessEntry' })).toEqual([]);
  });
});
