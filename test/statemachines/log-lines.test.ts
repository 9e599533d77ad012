import { beforeAll, describe, expect, test } from 'vitest';
import { step as checkUninstall } from '../../handlers/check-uninstall.ts';
import { step as sendHeartbeat } from '../../handlers/send-heartbeat.ts';
import type { Step } from '../../handlers/shared/step.ts';
import { STEPS } from '../../handlers/shared/steps.ts';
import { step as hearHeartbeat } from '../../handlers/hear-heartbeat.ts';
import { systemClock } from '../../lib/runtime.ts';
import { ADMINS, ANN, approvalWorld } from '../approvals/approval-world.ts';
import { fakeWorld } from '../lib/core/world/fake-world.ts';
import { ends } from './ends.ts';

/** Run by AWS itself, without an execution (the last tests). */
const BY_AWS = ['SendHeartbeat', 'HearHeartbeat', 'CheckUninstall'];

type Line = Readonly<Record<string, unknown>>;
const lines: Line[] = [];
const told: string[] = [];

// Everything that the service does: a region that can't be searched, a rebind, a question with its answer, an orphan, a sweep.
beforeAll(async () => {
  const world = await approvalWorld({
    roles: [ADMINS, { name: 'nodes' }],
    entries: [{ role: 'admins', type: 'STANDARD', policies: { AmazonEKSClusterAdminPolicy: [] } }, { role: 'nodes' }],
  });
  const unsearchable = world.aws.faults.inject({ operation: 'ListAccessEntries', effect: { kind: 'unavailable' } });
  await world.recreateRole({ name: 'nodes' });
  await world.quiet();
  unsearchable.lift();
  const failed = world.ran('role-changed').find(({ end }) => end === 'FAILED RegionNotSearched');
  await world.redrive(failed?.arn ?? '');
  await world.quiet();
  await world.recreateRole(ADMINS);
  await world.untilAsked();
  await world.answer('approve');
  await world.quiet();
  await world.deleteRole('nodes');
  await world.quiet();
  told.push(...ends(world.ran('rebind-entry')), ...ends(world.ran('role-changed')));
  lines.push(...world.lines.map((line): Line => JSON.parse(line)));
});

test('the story went as it should', () => {
  expect(told).toEqual(expect.arrayContaining(['Rebound', 'Rebound', 'RebindsStarted', 'Orphaned']));
});

test.each(STEPS.map(({ name }) => name).filter((name) => !BY_AWS.includes(name)))('%s has written lines', (name) => {
  expect(lines.filter(({ step }) => step === name)).not.toEqual([]);
});

test('every line names its step, its request and its cause', () => {
  expect(lines.filter(({ step, requestId, cause }) => !(step && requestId && cause))).toEqual([]);
});

test("every line names its execution; an answer's, those that it wakes", () => {
  const nameless = lines.filter(({ executionArn }) => !/^arn:aws:states:.*:execution:/.test(String(executionArn)));
  const executions = [expect.stringMatching(/:execution:[\w-]*rebind-entry:prod\.admins\./)];
  expect(nameless).toEqual([
    expect.objectContaining({ step: 'AnswerApproval', executions, cause: { kind: 'person', actorArn: ANN } }),
  ]);
});

test('a failure is a line like any other', () => {
  const failed = lines.find(({ step, level }) => step === 'FindMissedEntries' && level === 'error');
  expect(failed).toMatchObject({ err: { type: 'RegionNotSearched' }, cause: { kind: 'event' } });
});

const counted = () => lines.filter((line) => '_aws' in line);

describe('a line with metrics', () => {
  test('was written for everything that happened', () => {
    const names = new Set(counted().flatMap((line) => Object.keys(line)));
    const happened = ['AccessEntryValidationErrors', 'Rebound', 'Waiting', 'Orphaned', 'OpenJournals'];
    expect([...names]).toEqual(expect.arrayContaining([...happened, 'SecondsToRebound', 'SecondsWithoutAccess']));
  });

  test('tells a swap of seconds, and a rebind within minutes of the recreation', () => {
    const without = counted().flatMap(({ SecondsWithoutAccess }) => SecondsWithoutAccess ?? []);
    expect(without).toHaveLength(2);
    expect(without.every((seconds) => Number(seconds) < 60)).toBe(true);
  });
});

async function lineOf(step: Step, event: object) {
  const written: string[] = [];
  const runtime = { env: {}, clock: systemClock, random: () => 0, write: (line: string) => void written.push(line) };
  await step.bind(runtime, fakeWorld().bare)(event, { awsRequestId: 'request-1' });
  return JSON.parse(written.at(-1) ?? '') as unknown;
}

describe('what AWS itself runs', () => {
  test('names the schedule', async () => {
    const event = { source: 'aws.events', 'detail-type': 'Scheduled Event', id: 'event-1', detail: {} };
    expect(await lineOf(sendHeartbeat, event)).toMatchObject({
      step: 'SendHeartbeat',
      cause: { kind: 'schedule', eventId: 'event-1' },
      status: 'denied',
    });
  });

  test('names the event of CloudTrail', async () => {
    const detail = { eventID: 'event-2', eventName: 'DeleteRole', errorCode: 'AccessDenied' };
    expect(await lineOf(hearHeartbeat, { source: 'aws.iam', detail })).toMatchObject({
      step: 'HearHeartbeat',
      cause: { kind: 'event', eventId: 'event-2' },
    });
  });

  test('names the request of the stack that is to be deleted', async () => {
    const ids = { StackId: 'stack', RequestId: 'request-2', LogicalResourceId: 'UninstallCheck' };
    const event = { RequestType: 'Delete', ResponseURL: 'https://s3.amazonaws.com/answer', ...ids };
    expect(await lineOf(checkUninstall, event)).toMatchObject({
      step: 'CheckUninstall',
      cause: { kind: 'stack', eventId: 'request-2' },
    });
  });
});
