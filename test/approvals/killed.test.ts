import { functionOf } from '../simulator/deployed-names.ts';
import { expect, test } from 'vitest';
import { ADMINS, approvalWorld } from './approval-world.ts';

// AskForApproval's and AnswerApproval's only calls of AWS in these worlds: the rest goes to ports that the test shares.
test.each([
  ['before', 'AskForApproval', 'killBeforeCall'],
  ['after', 'AskForApproval', 'killAfterCall'],
  ['before', 'AnswerApproval', 'killBeforeCall'],
  ['after', 'AnswerApproval', 'killAfterCall'],
] as const)(
  'killed %s the call of %s: people are asked, and one more answer ends the wait',
  async (_when, name, kill) => {
    const world = await approvalWorld();
    const killed = world.aws.lambda[kill](1, { functionName: functionOf(name) });
    await world.recreateRole(ADMINS);
    await world.untilAsked();
    await world.pass(120);
    await world.answer('approve').catch(() => undefined);
    await world.pass(60);
    await world.answer('approve');
    await world.quiet();
    expect(killed.count).toBe(1);
    expect(world.ran('rebind-entry').map(({ end }) => end)).toEqual(['Rebound']);
    expect(world.authenticates('admins')).toBe(200);
  },
);
