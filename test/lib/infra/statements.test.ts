import { describe, expect, test } from 'vitest';
import { STEPS } from '../../../handlers/shared/steps.ts';
import { isClusterAdmin, isServiceOnly } from '../../../lib/core/access-policies.ts';
import type { PolicyAssociation } from '../../../lib/core/shapes.ts';
import { scopesOf } from '../../../lib/infra/action-scopes.ts';
import { about, DEPLOYED_IN, statementsOf, type Statement } from './deployed-in.ts';

const names = STEPS.map(({ name }) => name);
const policy = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;

const mayDelete = (stepName: string, where: object) => about('eks:DeleteAccessEntry', stepName, where).length > 0;

const values = (value: unknown) => [value].flat().map(String);
const isLike = (patterns: unknown, value: string) =>
  values(patterns).some(
    (pattern) => pattern === value || (pattern.endsWith('*') && value.startsWith(pattern.slice(0, -1))),
  );

/** The beginnings of the partition keys that a step may use an action on. */
const keysOf = (action: string, stepName: string, where = {}) =>
  about(`dynamodb:${action}`, stepName, where).map(
    ({ conditions }) => conditions['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'],
  );

/** What IAM would say, of the operators and keys that these statements use. */
const allows = ({ conditions }: Statement, { policyArn, accessScope }: PolicyAssociation): boolean => {
  const { namespaces = [] } = accessScope;
  const tests: Record<string, (wanted: unknown) => boolean> = {
    'ArnLike eks:policyArn': (wanted) => isLike(wanted, policyArn),
    'ArnNotLike eks:policyArn': (wanted) => !isLike(wanted, policyArn),
    'StringEquals eks:accessScope': (wanted) => values(wanted).includes(accessScope.type),
    'ForAllValues:StringNotEquals eks:namespaces': (wanted) =>
      namespaces.every((each) => !values(wanted).includes(each)),
  };
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const isMet = tests[`${operator} ${key}`];
      if (!isMet) throw new Error(`this test knows nothing of ${operator} ${key}`);
      return isMet(wanted);
    }),
  );
};

const mayAssociate = (stepName: string, association: PolicyAssociation) =>
  about('eks:AssociateAccessPolicy', stepName).some((statement) => allows(statement, association));

describe('no step', () => {
  const all = names.flatMap((name) =>
    [DEPLOYED_IN, { ...DEPLOYED_IN, orphans: 'remove' as const }].flatMap((where) => statementsOf(name, where)),
  );
  const allowed = all.filter(({ effect }) => effect === 'Allow');

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

  test('may read or write more of the table than items by key, and two indexes', () => {
    const table = allowed.filter(({ resources }) => resources.includes(DEPLOYED_IN.ledgerTableArn));
    expect(table.length).toBeGreaterThan(0);
    expect(table.filter(({ conditions }) => !conditions['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'])).toEqual(
      [],
    );
    const actions = new Set(
      allowed.flatMap((statement) => statement.actions).filter((each) => each.startsWith('dynamodb')),
    );
    expect([...actions].toSorted()).toEqual(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query']);
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
  test('are those of the regions that are looked after', () => {
    expect(about('eks:DescribeCluster', 'CheckRole')).toEqual([]);
    const [statement] = about('eks:DescribeCluster', 'InspectEntry');
    expect(statement?.resources).toEqual([
      'arn:aws:eks:us-east-1:111122223333:cluster/*',
      'arn:aws:eks:eu-west-1:111122223333:cluster/*',
    ]);
  });

  test('are deleted where the owner wants orphans removed unasked, and not otherwise', () => {
    for (const stepName of ['FollowUpOrphan', 'SweepRegion']) {
      expect(mayDelete(stepName, { orphans: 'remove' })).toBe(true);
      expect(mayDelete(stepName, { orphans: 'report' })).toBe(false);
      expect(mayDelete(stepName, { orphans: 'remove', mode: 'ask' })).toBe(false);
      expect(mayDelete(stepName, { orphans: 'remove', mode: 'report' })).toBe(false);
    }
    expect(mayDelete('DeleteEntry', {})).toBe(true);
  });

  test('are made of known types, without groups of Kubernetes, and not for roles of ours', () => {
    for (const stepName of ['CreateEntry', 'Preflight', 'PreflightAdmin']) {
      const [statement, ...others] = about('eks:CreateAccessEntry', stepName);
      expect(others).toEqual([]);
      expect(statement?.resources.every((arn) => arn.endsWith(':cluster/*'))).toBe(true);
      expect(statement?.conditions).toEqual({
        StringEquals: {
          'eks:accessEntryType': [
            'STANDARD',
            'EC2_LINUX',
            'EC2_WINDOWS',
            'EC2',
            'FARGATE_LINUX',
            'HYBRID_LINUX',
            'HYPERPOD_LINUX',
          ],
        },
        'ForAllValues:StringNotLike': { 'eks:kubernetesGroups': 'system:*' },
        ArnNotLike: {
          'eks:principalArn': ['arn:aws:iam::*:role/eks-rebind/*', 'arn:aws:iam::*:role/aws-service-role/*'],
        },
      });
    }
  });

  test('are tagged as entries alone', () => {
    const [statement] = about('eks:TagResource', 'CreateEntry');
    expect(statement?.resources.every((arn) => arn.endsWith(':access-entry/*'))).toBe(true);
  });
});

describe('a role is passed', () => {
  test('of our own account, and never one of ours', () => {
    const [allow, deny, ...others] = about('iam:PassRole', 'CreateEntry');
    expect(others).toEqual([]);
    expect(allow).toMatchObject({ effect: 'Allow', resources: ['arn:aws:iam::111122223333:role/*'] });
    expect(deny).toMatchObject({ effect: 'Deny', resources: ['arn:aws:iam::111122223333:role/eks-rebind/*'] });
  });

  test('by functions that may hand it to nothing but an access entry', () => {
    const taking = /^(ec2|lambda|ecs|states|events|cloudformation|sagemaker|glue|ssm|iam:(Add|Create|Update|Put))/;
    const passers = names.filter((name) => about('iam:PassRole', name).length > 0);
    expect(passers).toEqual(['Preflight', 'PreflightAdmin', 'CreateEntry']);
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
  const cases = policyNames.flatMap((name) => scopes.map((accessScope) => ({ policyArn: policy(name), accessScope })));

  test.each(cases)(
    '$policyArn in $accessScope: administrators by the admin pair alone, service-only ones by nobody',
    (one) => {
      for (const stepName of ['AssociatePolicies', 'Preflight']) {
        expect(mayAssociate(stepName, one)).toBe(!isServiceOnly(one) && !isClusterAdmin(one));
      }
      for (const stepName of ['AssociateAdminPolicies', 'PreflightAdmin'])
        expect(mayAssociate(stepName, one)).toBe(!isServiceOnly(one));
    },
  );

  test('of AWS’s own alone, in the partition of the clusters', () => {
    for (const stepName of ['AssociatePolicies', 'AssociateAdminPolicies']) {
      expect(
        mayAssociate(stepName, {
          policyArn: 'arn:aws:iam::111122223333:policy/mine',
          accessScope: { type: 'cluster' },
        }),
      ).toBe(false);
    }
    const [china] = about('eks:AssociateAccessPolicy', 'AssociateAdminPolicies', { partition: 'aws-cn' });
    expect(china?.conditions['ArnLike']).toEqual({ 'eks:policyArn': ['arn:aws-cn:eks::aws:cluster-access-policy/*'] });
  });
});

describe('the ledger', () => {
  test('has its approvals written by the two functions that ask and take answers, and by no other', () => {
    const writers = names.filter((name) => JSON.stringify(keysOf('PutItem', name)).includes('question#'));
    expect(writers).toEqual(['AskForApproval', 'AnswerApproval']);
  });

  test('has its records written by those that hold a lease or keep the inventory', () => {
    expect(keysOf('PutItem', 'DeleteEntry')).toEqual([['principal#*']]);
    expect(keysOf('PutItem', 'FindEntries')).toEqual([]);
  });

  test('shows its approvals to those that ask the guard', () => {
    expect(keysOf('GetItem', 'CreateEntry')).toEqual([['principal#*', 'question#*']]);
    expect(keysOf('GetItem', 'NoteDeletion')).toEqual([['principal#*']]);
    expect(keysOf('GetItem', 'FollowUpOrphan')).toEqual([['principal#*']]);
    expect(keysOf('GetItem', 'FollowUpOrphan', { orphans: 'remove' })).toEqual([['principal#*', 'question#*']]);
  });

  test('is asked by cluster by the sweep alone', () => {
    const index = `${DEPLOYED_IN.ledgerTableArn}/index/by-cluster`;
    const askers = names.filter((name) => statementsOf(name).some(({ resources }) => resources.includes(index)));
    expect(askers).toEqual(['SweepRegion']);
  });
});

test('executions are started and looked at of rebind-entry alone', () => {
  expect(about('states:StartExecution', 'StartRebinds').map(({ resources }) => resources)).toEqual([
    ['arn:aws:states:us-east-1:111122223333:stateMachine:eks-rebind-rebind-entry'],
  ]);
  expect(about('states:DescribeExecution', 'SweepRegion').map(({ resources }) => resources)).toEqual([
    ['arn:aws:states:us-east-1:111122223333:execution:eks-rebind-rebind-entry:*'],
  ]);
});

test('events are put as our own outcomes alone', () => {
  expect(about('events:PutEvents', 'AnnounceOutcome')).toMatchObject([
    {
      resources: ['arn:aws:events:us-east-1:111122223333:event-bus/default'],
      conditions: {
        'ForAllValues:StringEquals': { 'events:source': 'eks-rebind', 'events:detail-type': 'Rebind Outcome' },
        Null: { 'events:source': 'false', 'events:detail-type': 'false' },
      },
    },
  ]);
});

test('a policy that IAM would not take is an error that says what to do about it', () => {
  const regions = Array.from({ length: 40 }, (_, index) => `ap-southeast-${index + 1}`);
  expect(() => statementsOf('Preflight', { regions })).toThrow(
    /^the policy of step 'Preflight' has \d+ characters, wanted at most 9600; give fewer regions$/,
  );
  expect(statementsOf('Preflight', { regions: regions.slice(0, 20) }).length).toBeGreaterThan(0);
});
