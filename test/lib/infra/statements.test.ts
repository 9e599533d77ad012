import { describe, expect, test } from 'vitest';
import { STEPS } from '../../../handlers/shared/steps.ts';
import { isClusterAdmin, isServiceOnly } from '../../../lib/core/access-policies.ts';
import type { PolicyAssociation } from '../../../lib/core/shapes.ts';
import { type DeployedIn, scopesOf } from '../../../lib/infra/action-scopes.ts';
import { checkStatements } from '../../../lib/local/policies/check-statements.ts';
import { DEPLOYED_IN, may, statementsOf } from './deployed-in.ts';

const names = STEPS.map(({ name }) => name);
const all = names.flatMap((name) =>
  (['report', 'remove'] as const).flatMap((orphans) => statementsOf(name, { orphans })),
);
const allowed = all.filter(({ effect }) => effect === 'Allow');
const TABLE = DEPLOYED_IN.ledgerTableArn;

/** The steps that may do something, in any configuration where they exist. */
const whoMay = (wish: Parameters<typeof may>[1], where: Partial<DeployedIn> = {}) =>
  names.filter((name) => may(name, wish, where));

const entry = (region: string) => `arn:aws:eks:${region}:111122223333:access-entry/shop/role/111122223333/worker/1a2b`;
const cluster = (region: string) => `arn:aws:eks:${region}:111122223333:cluster/shop`;
const creation = (input: object) => ({
  action: 'eks:CreateAccessEntry',
  resource: cluster('eu-west-1'),
  input: { type: 'EC2_LINUX', principalArn: 'arn:aws:iam::111122223333:role/worker', ...input },
});
const tagging = (resource: string) => ({ action: 'eks:TagResource', resource });
const passing = (resource: string) => ({ action: 'iam:PassRole', resource });
const associating = (association: PolicyAssociation) => ({
  action: 'eks:AssociateAccessPolicy',
  resource: 'arn:aws:eks:us-east-1:111122223333:access-entry/shop/role/111122223333/worker/1a2b',
  input: { ...association },
});
const item = (verb: 'Get' | 'Put', pk: string) => ({
  action: `dynamodb:${verb}Item`,
  resource: TABLE,
  input: { [verb === 'Get' ? 'Key' : 'Item']: { pk: { S: pk } } },
  hashKey: 'pk',
});
const query = (index: string) => ({ action: 'dynamodb:Query', resource: `${TABLE}/index/${index}` });
const machine = (name: string) => `arn:aws:states:us-east-1:111122223333:stateMachine:eks-rebind-${name}`;
const execution = (name: string) => `arn:aws:states:us-east-1:111122223333:execution:eks-rebind-${name}:shop.worker`;
const starters = (name: string) => whoMay({ action: 'states:StartExecution', resource: machine(name) });
const lookers = (name: string) => whoMay({ action: 'states:DescribeExecution', resource: execution(name) });
const putting = (input: object) => ({
  action: 'events:PutEvents',
  resource: 'arn:aws:events:us-east-1:111122223333:event-bus/default',
  input: { Source: 'eks-rebind', DetailType: 'Rebind Outcome', ...input },
});
const publishing = (resource: string) => ({ action: 'sns:Publish', resource });

describe('no step', () => {
  test('may change an entry in place, take a policy away, or write to IAM', () => {
    const actions = new Set(allowed.flatMap((statement) => statement.actions));
    const forbidden =
      /^eks:(Update|Disassociate|Untag|Register|CreateCluster|DeleteCluster)|^iam:(?!Get|List|PassRole)/;
    expect([...actions].filter((action) => forbidden.test(action))).toEqual([]);
    expect(actions).toContain('eks:DeleteAccessEntry');
  });

  test('has an action with a wildcard', () => {
    expect(all.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual([]);
  });

  test('may do anything everywhere but list what AWS lets nobody narrow', () => {
    const everywhere = allowed.filter(({ resources }) => resources.includes('*'));
    const actions = new Set(everywhere.flatMap((statement) => statement.actions));
    expect([...actions].toSorted()).toEqual(['eks:ListClusters', 'iam:ListRoles', 'iam:ListUsers']);
  });

  test('has a condition that the local AWS can’t evaluate', () => {
    for (const name of names) {
      const statements = statementsOf(name, { orphans: 'remove', memberAccounts: ['444455556666'] });
      expect(() => checkStatements(name, statements)).not.toThrow();
    }
  });
});

test('an action without a scope is an error that names it', () => {
  expect(() => scopesOf('eks:UpdateAccessEntry', 'VerifyEntry', DEPLOYED_IN)).toThrow(
    "step 'VerifyEntry' uses eks:UpdateAccessEntry, which has no scope",
  );
});

test('a step that says nothing of its use of the ledger is an error that names it', () => {
  expect(() => scopesOf('dynamodb:GetItem', 'NewStep', DEPLOYED_IN)).toThrow("step 'NewStep' uses the ledger");
});

describe('clusters and entries', () => {
  const deletion = { action: 'eks:DeleteAccessEntry', resource: entry('us-east-1') };

  test('are those of the regions that are looked after', () => {
    const read = (region: string) => ({ action: 'eks:DescribeAccessEntry', resource: entry(region) });
    expect(may('InspectEntry', read('eu-west-1'))).toBe(true);
    expect(may('InspectEntry', read('ap-south-1'))).toBe(false);
    expect(may('DeleteEntry', { ...deletion, resource: entry('ap-south-1') })).toBe(false);
  });

  test('are deleted by a rebind', () => {
    expect(whoMay(deletion)).toEqual(['Preflight', 'PreflightAdmin', 'DeleteEntry']);
  });

  test('are deleted by those who follow up orphans only where the owner wants these removed unasked', () => {
    const removing = ['FollowUpOrphan', 'SweepRegion'];
    expect(whoMay(deletion, { orphans: 'remove' })).toEqual(expect.arrayContaining(removing));
    for (const mode of ['ask', 'report'] as const) {
      expect(removing.filter((name) => may(name, deletion, { orphans: 'remove', mode }))).toEqual([]);
    }
  });

  test('are made by a rebind, of types whose rules are known', () => {
    expect(whoMay(creation({}))).toEqual(['Preflight', 'PreflightAdmin', 'CreateEntry']);
    expect(whoMay(creation({ type: 'STANDARD', kubernetesGroups: ['viewers'] }))).toContain('CreateEntry');
    expect(whoMay(creation({ type: 'SOMETHING_NEW' }))).toEqual([]);
    expect(whoMay(creation({ type: undefined }))).toEqual([]);
  });

  test('are made without groups of Kubernetes’ own', () => {
    expect(whoMay(creation({ type: 'STANDARD', kubernetesGroups: ['viewers', 'system:masters'] }))).toEqual([]);
  });

  test('are made for principals of the accounts that are looked after alone', () => {
    const of = (accountId: string) =>
      creation({ type: 'STANDARD', principalArn: `arn:aws:iam::${accountId}:role/ops` });
    expect(whoMay(of('444455556666'))).toEqual(['Preflight', 'PreflightAdmin', 'CreateEntry']);
    expect(whoMay(of('999988887777'))).toEqual([]);
    expect(whoMay(creation({ principalArn: undefined }))).toEqual([]);
  });

  test('are made neither for roles of ours nor for those of AWS’s services', () => {
    const principalArn = 'arn:aws:iam::111122223333:role/eks-rebind/EksRebind-CreateEntryRole-1A2B';
    expect(whoMay(creation({ principalArn }))).toEqual([]);
    const serviceRole = 'arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS';
    expect(whoMay(creation({ principalArn: serviceRole }))).toEqual([]);
  });

  test('are tagged, clusters are not', () => {
    expect(whoMay(tagging(entry('us-east-1')))).toEqual(['Preflight', 'PreflightAdmin', 'CreateEntry']);
    expect(whoMay(tagging(cluster('us-east-1')))).toEqual([]);
  });
});

describe('a role is passed', () => {
  const passers = whoMay(passing('arn:aws:iam::111122223333:role/nodes/worker'));

  test('by those who make entries', () => {
    expect(passers).toEqual(['Preflight', 'PreflightAdmin', 'CreateEntry']);
  });

  test('of our own account, and never one of ours', () => {
    expect(whoMay(passing('arn:aws:iam::999988887777:role/worker'))).toEqual([]);
    expect(whoMay(passing('arn:aws:iam::111122223333:role/eks-rebind/EksRebind-CreateEntryRole-1A2B'))).toEqual([]);
  });

  test('by functions that may hand it to nothing but an access entry', () => {
    const taking = /^(ec2|lambda|ecs|states|events|cloudformation|sagemaker|glue|ssm|iam:(Add|Create|Update|Put))/;
    const others = passers.flatMap((name) => statementsOf(name).flatMap(({ actions }) => actions));
    expect(others.filter((action) => taking.test(action))).toEqual([]);
  });
});

describe('an access policy is associated', () => {
  const scopes: PolicyAssociation['accessScope'][] = [
    { type: 'cluster' },
    { type: 'namespace', namespaces: ['shop'] },
    { type: 'namespace', namespaces: ['shop', '*'] },
    { type: 'namespace', namespaces: ['**'] },
  ];
  const policyNames = [
    'AmazonEKSClusterAdminPolicy',
    'AmazonEKSAdminPolicy',
    'AmazonEKSEditPolicy',
    'AmazonEKSAutoNodePolicy',
    'AmazonEKSComputePolicy',
    'AmazonEKSHybridPolicy',
  ];
  const cases = policyNames.flatMap((name) =>
    scopes.map((accessScope) => ({ policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`, accessScope })),
  );

  test.each(cases)(
    '$policyArn in $accessScope: administrators by the admin pair alone, service-only ones by nobody',
    (one) => {
      const admins = isServiceOnly(one) ? [] : ['PreflightAdmin', 'AssociateAdminPolicies'];
      const others = isServiceOnly(one) || isClusterAdmin(one) ? [] : ['Preflight', 'AssociatePolicies'];
      expect(whoMay(associating(one)).toSorted()).toEqual([...admins, ...others].toSorted());
    },
  );

  test('of AWS’s own alone, in the partition of the clusters', () => {
    const accessScope = { type: 'cluster' } as const;
    const mine = { policyArn: 'arn:aws:eks::111122223333:cluster-access-policy/Mine', accessScope };
    expect(whoMay(associating(mine))).toEqual([]);
    const view = { policyArn: 'arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSViewPolicy', accessScope };
    const inChina = { ...associating(view), resource: associating(view).resource.replace('arn:aws:', 'arn:aws-cn:') };
    expect(whoMay(inChina, { partition: 'aws-cn' })).toContain('AssociatePolicies');
    expect(whoMay(associating(view))).toEqual([]);
  });
});

describe('the ledger', () => {
  const RECORD = 'principal#111122223333/role/worker';
  const QUESTION = 'question#0123456789abcdef01234567';

  test('has its approvals written by the two functions that ask and take answers, and by no other', () => {
    expect(whoMay(item('Put', QUESTION), { orphans: 'remove' })).toEqual(['AskForApproval', 'AnswerApproval']);
  });

  test('has its records written by those that keep the inventory or hold a lease', () => {
    expect(whoMay(item('Put', RECORD))).toEqual(expect.arrayContaining(['NoteDeletion', 'DeleteEntry', 'SweepRegion']));
    expect(may('FindEntries', item('Put', RECORD))).toBe(false);
    expect(may('CheckUninstall', item('Put', RECORD))).toBe(false);
  });

  test('shows its approvals to those that ask the guard', () => {
    expect(may('CreateEntry', item('Get', QUESTION))).toBe(true);
    expect(may('NoteDeletion', item('Get', QUESTION))).toBe(false);
    expect(may('FollowUpOrphan', item('Get', QUESTION))).toBe(false);
    expect(may('FollowUpOrphan', item('Get', QUESTION), { orphans: 'remove' })).toBe(true);
  });

  test('has no other kind of item', () => {
    expect(whoMay(item('Put', 'something-else'))).toEqual([]);
    expect(whoMay({ action: 'dynamodb:PutItem', resource: TABLE })).toEqual([]);
  });

  test('is asked by cluster by the sweep alone, and for open journals by whoever guards the uninstall, too', () => {
    expect(whoMay(query('by-cluster'))).toEqual(['SweepRegion']);
    expect(whoMay(query('open-journals'))).toEqual(['SweepRegion', 'CheckUninstall']);
  });

  test('is never scanned, and nothing in it is deleted or updated in place', () => {
    const actions = new Set(allowed.flatMap((one) => one.actions).filter((action) => action.startsWith('dynamodb:')));
    expect([...actions].toSorted()).toEqual(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query']);
  });
});

test('executions are started and looked at of rebind-entry alone', () => {
  expect(starters('rebind-entry')).toEqual(['StartRebinds', 'SweepRegion']);
  expect(starters('sweep')).toEqual([]);
  expect(lookers('rebind-entry')).toEqual(['StartRebinds', 'SweepRegion']);
  expect(lookers('sweep')).toEqual([]);
});

test('events are put as our own outcomes alone', () => {
  expect(whoMay(putting({}))).toContain('AnnounceOutcome');
  expect(whoMay(putting({ Source: 'somebody-else' }))).toEqual([]);
  expect(whoMay(putting({ DetailType: 'Something Else' }))).toEqual([]);
  expect(whoMay(putting({ Source: undefined }))).toEqual([]);
});

test('messages are published to our own topic alone', () => {
  expect(whoMay(publishing(DEPLOYED_IN.topicArn))).toContain('AskForApproval');
  expect(whoMay(publishing('arn:aws:sns:us-east-1:111122223333:another'))).toEqual([]);
});

test('what runs of rebind-entry is asked by whoever guards the uninstall alone', () => {
  const action = 'states:ListExecutions';
  expect(whoMay({ action, resource: machine('rebind-entry') })).toEqual(['CheckUninstall']);
  expect(whoMay({ action, resource: machine('sweep') })).toEqual([]);
});

test('waits are ended of rebind-entry alone, by who takes answers', () => {
  const resource = 'arn:aws:states:us-east-1:111122223333:stateMachine:eks-rebind-rebind-entry';
  expect(whoMay({ action: 'states:SendTaskSuccess', resource })).toEqual(['AnswerApproval']);
  expect(whoMay({ action: 'states:SendTaskSuccess', resource: resource.replace('rebind-entry', 'sweep') })).toEqual([]);
});

test('a policy that IAM would not take is an error that says what to do about it', () => {
  const regions = Array.from({ length: 40 }, (_, index) => `ap-southeast-${index + 1}`);
  expect(() => statementsOf('Preflight', { regions })).toThrow(
    /^the policy of step 'Preflight' has \d+ characters, wanted at most 9600; give fewer regions or member accounts$/,
  );
  expect(statementsOf('Preflight', { regions: regions.slice(0, 20) }).length).toBeGreaterThan(0);
});
