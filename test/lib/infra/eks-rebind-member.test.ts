import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import type { EksRebindMemberProps } from '../../../lib/infra/eks-rebind-member-props.ts';
import { memberPropsFromEnvironment, withHub } from '../../../lib/infra/member-props-from-environment.ts';
import { MemberStack } from '../../../lib/infra/member-stack.ts';
import { synthesize } from '../../../lib/infra/synthesize.ts';

const HUB = '111122223333';
const MEMBER = '444455556666';
const HERE = { account: MEMBER, region: 'us-east-1' };
const HUB_BUS = `:events:us-east-1:${HUB}:event-bus/default`;

function member(props: Partial<EksRebindMemberProps> = {}, env = HERE): Template {
  return Template.fromStack(new MemberStack(new App(), 'Member', { env, hubAccountId: HUB, ...props }));
}

/** As plain ARNs: what CDK joins of the partition and the rest is put together. */
const textOf = (value: unknown) =>
  JSON.stringify(value).replaceAll(
    /\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},"([^"]*)"\]\]\}/g,
    '"arn:aws$1"',
  );

interface Statement {
  readonly Action: string | readonly string[];
  readonly Effect: string;
}

/** The statements of the role that the hub's functions become. */
function roleStatements(template: Template): readonly Statement[] {
  const [role] = Object.values(
    template.findResources('AWS::IAM::Role', { Properties: { RoleName: 'eks-rebind-member' } }),
  );
  return role?.['Properties'].Policies[0].PolicyDocument.Statement;
}

const actionsOf = (template: Template) =>
  roleStatements(template)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action }) => Action);

/** Whether the role may associate no policy that makes an administrator of the whole cluster. */
const forbidsAdmins = (props: Partial<EksRebindMemberProps>) => {
  const associating = roleStatements(member(props)).filter(({ Action }) =>
    [Action].flat().includes('eks:AssociateAccessPolicy'),
  );
  return associating.every((statement) =>
    /ArnNotLike.*AmazonEKSClusterAdminPolicy|"namespace"/.test(textOf(statement)),
  );
};

describe('the role in a member account', () => {
  test('is trusted to the hub’s own roles, with the external id, and to nobody else', () => {
    const template = member({ externalId: 'a-secret' });
    const [role] = Object.values(
      template.findResources('AWS::IAM::Role', { Properties: { RoleName: 'eks-rebind-member' } }),
    );
    expect(role?.['Properties'].Path).toBe('/eks-rebind/');
    expect(JSON.parse(textOf(role?.['Properties'].AssumeRolePolicyDocument.Statement))).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { AWS: `arn:aws:iam::${HUB}:root` },
        Condition: {
          StringEquals: { 'sts:ExternalId': 'a-secret' },
          ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${HUB}:role/eks-rebind/*` },
        },
      },
    ]);
  });

  test('may do what rebinds take, in this account and the given regions alone', () => {
    const template = member({ regions: ['eu-west-1'] });
    expect(actionsOf(template)).toEqual(
      expect.arrayContaining([
        'eks:DeleteAccessEntry',
        'eks:CreateAccessEntry',
        'eks:AssociateAccessPolicy',
        'iam:GetRole',
      ]),
    );
    const policy = textOf(roleStatements(template));
    expect(policy).toContain(`arn:aws:eks:eu-west-1:${MEMBER}:cluster/*`);
    expect(policy).not.toContain(HUB);
    expect(policy).not.toMatch(/dynamodb|states:|sns:|sts:|UpdateAccessEntry/);
  });

  test('only reads where the mode is report', () => {
    const actions = actionsOf(member({ mode: 'report' }));
    expect(actions.filter((action) => !/^(eks|iam):(List|Get|Describe)/.test(action))).toEqual([]);
    expect(actions).toContain('eks:ListAccessEntries');
  });

  test('makes nobody an administrator of a cluster unless that is asked for', () => {
    expect(forbidsAdmins({})).toBe(true);
    expect(forbidsAdmins({ allowAdminEntries: true })).toBe(false);
  });
});

const alarmOf = (template: Template) =>
  Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);

describe('a member’s events', () => {
  test('go to the hub’s default bus, as a role that may do no more, and else to a queue of their own', () => {
    const template = member();
    const [rule] = Object.values(template.findResources('AWS::Events::Rule'));
    const [target, ...others] = rule?.['Properties'].Targets ?? [];
    expect(others).toEqual([]);
    expect(textOf(target.Arn)).toContain(HUB_BUS);
    expect(target.DeadLetterConfig.Arn['Fn::GetAtt'][0]).toMatch(/DeadLetters/);
    template.hasResourceProperties('AWS::IAM::Role', {
      Path: '/eks-rebind/',
      Policies: [
        Match.objectLike({
          PolicyDocument: {
            Statement: [
              {
                Sid: 'Forward',
                Effect: 'Allow',
                Action: 'events:PutEvents',
                Resource: { 'Fn::Join': ['', Match.arrayWith([HUB_BUS])] },
              },
            ],
          },
        }),
      ],
    });
  });

  test('that could not be forwarded are told of by an alarm, which does what it is given', () => {
    const arn = 'arn:aws:sns:us-east-1:444455556666:alarms';
    expect(alarmOf(member({ alarmActions: [{ bind: () => ({ alarmActionArn: arn }) }] }))).toMatchObject([
      {
        AlarmName: 'eks-rebind-member-DeadLetters',
        AlarmDescription: expect.stringContaining('docs/runbook.md#deadletters'),
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        AlarmActions: [arn],
      },
    ]);
    expect(alarmOf(member())[0]).not.toHaveProperty('AlarmActions');
  });

  test('are exactly those that the hub’s own rule takes', () => {
    const [rule] = Object.values(member().findResources('AWS::Events::Rule'));
    const hub = synthesize({}, { account: HUB, region: 'us-east-1' });
    const own = Object.values(hub.Resources).find(
      ({ Properties }) => Properties?.['Name'] === 'eks-rebind-role-changed',
    );
    expect(own?.Properties?.['EventPattern']).toBeDefined();
    expect(rule?.['Properties'].EventPattern).toEqual(own?.Properties?.['EventPattern']);
  });
});

describe('the hub', () => {
  const hub = synthesize({ memberAccounts: [MEMBER] }, { account: HUB, region: 'us-east-1' });
  const alone = synthesize({}, { account: HUB, region: 'us-east-1' });
  const ofType = (type: string, { Resources }: typeof hub) =>
    Object.values(Resources).filter(({ Type }) => Type === type);

  test('lets each member put events of IAM’s on its bus, by a rule, and nobody else', () => {
    const policies = ofType('AWS::Events::EventBusPolicy', hub).map(({ Properties }) =>
      JSON.parse(textOf(Properties?.['Statement'])),
    );
    expect(policies).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: [`arn:aws:iam::${MEMBER}:root`] },
        Action: 'events:PutEvents',
        Resource: `arn:aws${HUB_BUS}`,
        Condition: {
          'ForAllValues:StringEquals': { 'events:source': 'aws.iam' },
          Null: { 'events:source': 'false' },
          Bool: { 'events:eventBusInvocation': 'true' },
        },
      },
    ]);
    expect(ofType('AWS::Events::EventBusPolicy', alone)).toEqual([]);
  });

  test('has room on its bus for as many members as its roles have', () => {
    const memberAccounts = Array.from({ length: 45 }, (_, index) => String(100_000_000_000 + index));
    const many = synthesize({ memberAccounts }, { account: HUB, region: 'us-east-1' });
    const policies = ofType('AWS::Events::EventBusPolicy', many);
    // EventBridge quotas: the policy of a bus holds 10,240 bytes.
    const bytes = policies.map(({ Properties }) => textOf(Properties?.['Statement']).length);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(10_240);
    expect(memberAccounts.filter((accountId) => !JSON.stringify(policies).includes(accountId))).toEqual([]);
  });

  test('is no member of its own', () => {
    const own = () => synthesize({ memberAccounts: [HUB] }, { account: HUB, region: 'us-east-1' });
    expect(own).toThrow(`memberAccounts has '${HUB}', the stack's own account`);
  });

  test('becomes the one role in each member account, where there are any, by the functions that reach clusters or principals', () => {
    const assuming = (template: typeof hub) =>
      ofType('AWS::IAM::Role', template)
        .filter((role) => textOf(role).includes(`arn:aws:iam::${MEMBER}:role/eks-rebind/eks-rebind-member`))
        .map(({ Properties }) => String(Properties?.['Description']));
    expect(assuming(alone)).toEqual([]);
    expect(assuming(hub)).toContain('What the step SweepRegion of eks-rebind may do');
    expect(assuming(hub).filter((role) => /ReadEvent|NoteDeletion|AnnounceOutcome|PlanSweep/.test(role))).toEqual([]);
  });
});

describe('a member’s props', () => {
  test.each([
    [{ hubAccountId: '42' }, "hubAccountId is '42', wanted an account id of 12 digits"],
    [{ hubAccountId: MEMBER }, `hubAccountId is '${MEMBER}', the member's own account`],
    [{ externalId: 'x' }, "externalId is 'x', wanted"],
    [{ regions: ['moon'] }, 'regions is'],
  ])('%j are refused at synth', (props, message) => {
    expect(() => member(props)).toThrow(message);
  });

  test('a region where IAM’s events don’t arise is refused', () => {
    expect(() => member({}, { account: MEMBER, region: 'eu-west-1' })).toThrow("arise in 'us-east-1' alone");
  });

  test('come from the same environment as the hub’s, and only where a hub is named', () => {
    const env = { EKS_REBIND_REGIONS: 'eu-west-1', EKS_REBIND_EXTERNAL_ID: 'a-secret', EKS_REBIND_CAP: '9' };
    expect(memberPropsFromEnvironment(env)).toBeUndefined();
    const named = (more: object) => memberPropsFromEnvironment({ ...env, EKS_REBIND_HUB_ACCOUNT_ID: HUB, ...more });
    expect(named({})).toEqual({
      hubAccountId: HUB,
      allowAdminEntries: false,
      regions: ['eu-west-1'],
      externalId: 'a-secret',
    });
    expect(named({ EKS_REBIND_APPROVERS: `arn:aws:iam::${HUB}:role/people` })).toMatchObject({
      allowAdminEntries: true,
    });
    expect(named({ EKS_REBIND_ADMIN_ENTRIES: 'rebind', EKS_REBIND_MODE: 'ask' })).toMatchObject({
      allowAdminEntries: true,
      mode: 'ask',
    });
  });

  test('take the hub from the app’s context first', () => {
    const context = (key: string) => (key === 'hubAccountId' ? HUB : undefined);
    expect(withHub({ EKS_REBIND_HUB_ACCOUNT_ID: MEMBER }, context)).toEqual({ EKS_REBIND_HUB_ACCOUNT_ID: HUB });
    expect(withHub({}, () => undefined)).toEqual({});
  });
});
