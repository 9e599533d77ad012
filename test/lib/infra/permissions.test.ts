import { describe, expect, test } from 'vitest';
import type { EksRebindProps } from '../../../lib/infra/eks-rebind-props.ts';
import { synthesize } from '../../../lib/infra/synthesize.ts';
import { ENV, referredTo, resourcesOf } from './synthesized.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const EVERYTHING: EksRebindProps = {
  approvers: ['arn:aws:iam::111122223333:role/oncall'],
  adminEntries: 'rebind',
  orphans: 'remove',
  memberAccounts: ['444455556666'],
};
const REPORT: EksRebindProps = { ...EVERYTHING, mode: 'report', memberAccounts: [] };

const template = (props: EksRebindProps) => synthesize(props, ENV);

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** What every role of the template may do: functions', state machines' and rules'. */
function roles(props: EksRebindProps) {
  return [...resourcesOf('AWS::IAM::Role', template(props))].map(([id, properties]) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- CDK's own output, in IAM's words
    const policies = (properties['Policies'] ?? []) as { PolicyDocument: { Statement: Statement[] } }[];
    const statements = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    return { id, properties, allowed: statements.filter(({ Effect }) => Effect === 'Allow') };
  });
}

const actionsOf = ({ allowed }: { allowed: readonly Statement[] }) =>
  allowed.flatMap(({ Action }) => listed(Action).map(String));

/** The stem of what a role is for: `CreateEntry` of `EksRebindCreateEntryRole1A2B3C4D`. */
const stemOf = (id: string) => /^EksRebind(\w+?)Role[0-9A-F]{8}$/.exec(id)?.[1] ?? id;

const CONFIGURATIONS: [string, EksRebindProps][] = [
  ['by default', {}],
  ['with everything switched on', EVERYTHING],
  ['in report mode', REPORT],
];

describe.each(CONFIGURATIONS)('%s', (_, props) => {
  const all = roles(props);

  test('there is a role for each function, each state machine and each rule that starts one', () => {
    expect(all.length).toBeGreaterThan(15);
  });

  test('nobody may change an entry in place, take a policy away, or write to IAM', () => {
    const forbidden = /^eks:(Update|Disassociate|Untag)|^iam:(?!Get|List|PassRole$)/i;
    expect(all.flatMap(actionsOf).filter((action) => forbidden.test(action))).toEqual([]);
  });

  test('no action has a wildcard', () => {
    expect(all.flatMap(actionsOf).filter((action) => action.includes('*'))).toEqual([]);
  });

  test('what is allowed everywhere is what AWS lets nobody narrow', () => {
    const everywhere = all.flatMap(({ allowed }) => allowed.filter(({ Resource }) => listed(Resource).includes('*')));
    const actions = new Set(everywhere.flatMap(({ Action }) => listed(Action).map(String)));
    expect([...actions].toSorted()).toEqual([
      'eks:ListClusters',
      'iam:ListRoles',
      'iam:ListUsers',
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
  });

  test('roles have no policies but their own, are under our path, and are assumed by AWS’s services', () => {
    const types = Object.values(template(props).Resources).map(({ Type }) => Type);
    expect(types.filter((type) => /^AWS::IAM::(?!Role$)/.test(type))).toEqual([]);
    for (const { properties } of all) {
      expect(properties['ManagedPolicyArns']).toBeUndefined();
      expect(properties['Path']).toBe('/eks-rebind/');
      expect(JSON.stringify(properties['AssumeRolePolicyDocument'])).toMatch(
        /^\{"Statement":\[\{"Action":"sts:AssumeRole","Effect":"Allow","Principal":\{"Service":"(lambda|states|events)\.amazonaws\.com"\}\}\],"Version":"2012-10-17"\}$/,
      );
    }
  });
});

describe('who may write to EKS', () => {
  const writes = /^(eks:(?!List|Describe)|iam:PassRole|sts:AssumeRole)/;
  const writers = (props: EksRebindProps) =>
    Object.fromEntries(
      roles(props).flatMap((role) => {
        const actions = [...new Set(actionsOf(role).filter((action) => writes.test(action)))].toSorted();
        return actions.length > 0 ? [[stemOf(role.id), actions]] : [];
      }),
    );
  const making = ['eks:CreateAccessEntry', 'eks:TagResource', 'iam:PassRole'];
  const byDefault = {
    Preflight: [
      'eks:AssociateAccessPolicy',
      'eks:CreateAccessEntry',
      'eks:DeleteAccessEntry',
      'eks:TagResource',
      'iam:PassRole',
    ],
    DeleteEntry: ['eks:DeleteAccessEntry'],
    CreateEntry: making,
    AssociatePolicies: ['eks:AssociateAccessPolicy'],
  };

  test('by default: the four steps of a rebind, each its own part', () => {
    expect(writers({})).toEqual(byDefault);
  });

  test('who makes administrators, where that is wanted, and who removes orphans', () => {
    const approvers = ['arn:aws:iam::111122223333:role/oncall'];
    expect(writers({ adminEntries: 'rebind', orphans: 'remove', approvers })).toEqual({
      ...byDefault,
      PreflightAdmin: byDefault.Preflight,
      AssociateAdminPolicies: byDefault.AssociatePolicies,
      FollowUpOrphan: ['eks:DeleteAccessEntry'],
      SweepRegion: ['eks:DeleteAccessEntry'],
    });
  });

  test('roles of nodes that administer a cluster are passed only where somebody can approve it', () => {
    expect(writers({ adminEntries: 'rebind' })).toEqual({
      ...byDefault,
      PreflightAdmin: byDefault.Preflight.filter((action) => action !== 'iam:PassRole'),
      AssociateAdminPolicies: byDefault.AssociatePolicies,
    });
  });

  test('in report mode: nobody', () => {
    expect(writers(REPORT)).toEqual({});
  });
});

test('a state machine invokes the functions of its own definition, and no others', () => {
  const machines = resourcesOf('AWS::StepFunctions::StateMachine', template(EVERYTHING));
  expect(machines.size).toBe(3);
  for (const { RoleArn, DefinitionSubstitutions } of machines.values()) {
    const role = roles(EVERYTHING).find(({ id }) => id === referredTo(RoleArn));
    const invoking = role?.allowed.filter(({ Action }) => listed(Action).includes('lambda:InvokeFunction')) ?? [];
    const invoked = invoking.flatMap(({ Resource }) => listed(Resource)).map(referredTo);
    const called = Object.values(DefinitionSubstitutions ?? {}).map(referredTo);
    expect(invoked.length).toBeGreaterThan(0);
    expect(invoked.filter((id) => !called.includes(id))).toEqual([]);
  }
});
