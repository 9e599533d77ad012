import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, describe, expect, test } from 'vitest';
import type { EksRebindProps } from '../../../lib/infra/eks-rebind-props.ts';
import { EksRebindStack } from '../../../lib/infra/eks-rebind-stack.ts';
import { MemberStack } from '../../../lib/infra/member-stack.ts';
import { acknowledgeWildcards } from '../../../lib/infra/nag-acknowledgements.ts';
import { addSolutionsChecks } from '../../../lib/infra/solutions-checks.ts';

const outdir = mkdtempSync(join(tmpdir(), 'eks-rebind-nag-'));
afterAll(() => rmSync(outdir, { recursive: true }));

const env = { account: '111122223333', region: 'us-east-1' };
const emptyApp = () => new App({ outdir, context: { 'aws:cdk:bundling-stacks': [] } });

/** What cdk-nag finds in an app, each finding with where it is. */
const findings = (app: App) =>
  new AwsSolutionsChecks(app)
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    );

const everything: EksRebindProps = {
  approvers: ['arn:aws:iam::111122223333:role/oncall'],
  adminEntries: 'rebind',
  orphans: 'remove',
  regions: ['us-east-1', 'eu-west-1'],
  memberAccounts: ['444455556666'],
};

describe('cdk-nag finds nothing in the service', () => {
  test.each<[string, EksRebindProps]>([
    ['with its defaults', {}],
    ['that only reports', { mode: 'report' }],
    ['that asks each time', { mode: 'ask', approvers: ['arn:aws:iam::111122223333:role/oncall'] }],
    ['with everything switched on', everything],
  ])('%s', (_, props) => {
    const app = emptyApp();
    // oxlint-disable-next-line no-new -- a stack is made for the app it is in
    new EksRebindStack(app, 'EksRebind', { ...props, env });
    expect(findings(app)).toEqual([]);
  });

  test('in a member account', () => {
    const app = emptyApp();
    const hub = { hubAccountId: '999988887777', regions: ['us-east-1', 'eu-west-1'], allowAdminEntries: true };
    // oxlint-disable-next-line no-new -- a stack is made for the app it is in
    new MemberStack(app, 'EksRebindMember', { ...hub, env });
    expect(findings(app)).toEqual([]);
  });

  test('in whatever account it is deployed', () => {
    const app = emptyApp();
    // oxlint-disable-next-line no-new -- a stack is made for the app it is in
    new EksRebindStack(app, 'EksRebind', { ...everything, env: { region: 'us-east-1' } });
    expect(findings(app)).toEqual([]);
  });
});

/** A role that may do this, told to cdk-nag or not. */
const roleWith = (actions: string[], resources: string[], { isTold = true } = {}) => {
  const app = emptyApp();
  const statements = [new PolicyStatement({ actions, resources })];
  const role = new Role(new Stack(app, 'Stack', { env }), 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { Policy: new PolicyDocument({ statements }) },
  });
  if (isTold) acknowledgeWildcards(role, statements);
  return findings(app);
};

describe('a wildcard', () => {
  const clusters = 'arn:aws:eks:us-east-1:111122223333:cluster/*';

  test('is a finding until it is acknowledged', () => {
    const finding = `AwsSolutions-IAM5[Resource::${clusters}] at Stack/Role/Resource`;
    expect(roleWith(['eks:DescribeCluster'], [clusters], { isTold: false })).toEqual([finding]);
    expect(roleWith(['eks:DescribeCluster'], [clusters])).toEqual([]);
  });

  test('stays a finding without a reason of its own', () => {
    expect(roleWith(['s3:GetObject'], ['arn:aws:s3:::bucket/*'])).toEqual([
      'AwsSolutions-IAM5[Resource::arn:aws:s3:::bucket/*] at Stack/Role/Resource',
    ]);
  });

  test('over everything stays one where one of its actions could be narrowed', () => {
    expect(roleWith(['eks:ListClusters'], ['*'])).toEqual([]);
    expect(roleWith(['eks:ListClusters', 'eks:DeleteAccessEntry'], ['*'])).toEqual([
      'AwsSolutions-IAM5[Resource::*] at Stack/Role/Resource',
    ]);
  });

  test('in an action stays one', () => {
    expect(roleWith(['eks:*'], [clusters])).toEqual(['AwsSolutions-IAM5[Action::eks:*] at Stack/Role/Resource']);
  });
});

test('a finding has the synth of the app fail', () => {
  const app = emptyApp();
  addSolutionsChecks(app);
  // Anybody may subscribe to it in the clear.
  const topic = new Topic(new Stack(app, 'Stack', { env }), 'Topic');
  expect(topic.node.path).toBe('Stack/Topic');
  expect(() => app.synth()).toThrow('AwsSolutions-SNS3');
});
