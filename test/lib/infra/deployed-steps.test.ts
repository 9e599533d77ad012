import { describe, expect, test } from 'vitest';
import { STEPS } from '../../../handlers/shared/steps.ts';
import { deployedSteps } from '../../../lib/infra/deployed-steps.ts';
import { statementsOf } from './deployed-in.ts';

const ADMIN_PAIR = ['PreflightAdmin', 'AssociateAdminPolicies'];
const ASKING = ['AskForApproval', 'AnswerApproval'];
const approvers = ['arn:aws:iam::111122223333:role/oncall'];

/** The steps that are left out. */
const leftOut = (settings: Partial<Parameters<typeof deployedSteps>[0]>) => {
  const deployed = deployedSteps({ mode: 'rebind', adminEntries: 'ask', approvers: [], ...settings });
  return STEPS.filter((step) => !deployed.includes(step)).map(({ name }) => name);
};

test('by default nobody is asked, and nobody makes administrators', () => {
  expect(leftOut({}).toSorted()).toEqual([...ADMIN_PAIR, ...ASKING].toSorted());
});

test('with approvers there is everything: what a person allows must be possible', () => {
  expect(leftOut({ approvers })).toEqual([]);
  expect(leftOut({ approvers, mode: 'ask' })).toEqual([]);
});

test('administrators are rebound without anybody to ask where the owner wants that', () => {
  expect(leftOut({ adminEntries: 'rebind' })).toEqual(ASKING);
});

describe('in report mode', () => {
  const left = leftOut({ mode: 'report', adminEntries: 'rebind', approvers });

  test('nothing is left that could write to EKS', () => {
    const deployed = STEPS.map(({ name }) => name).filter((name) => !left.includes(name));
    const actions = deployed.flatMap((name) =>
      statementsOf(name, { mode: 'report', orphans: 'remove' }).flatMap((each) => each.actions),
    );
    expect(actions.filter((action) => /^eks:(?!List|Describe)|^iam:PassRole/.test(action))).toEqual([]);
  });

  test('nobody is asked, and nobody can answer', () => {
    expect(left).toEqual(expect.arrayContaining(ASKING));
  });

  test('the steps that only read are all there', () => {
    expect(left).not.toContain('InspectEntry');
    expect(left).not.toContain('SweepRegion');
  });
});
