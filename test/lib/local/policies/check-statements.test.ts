import { describe, expect, test } from 'vitest';
import type { PolicyStatement } from '../../../../lib/local/deployment.ts';
import { checkStatements } from '../../../../lib/local/policies/check-statements.ts';

const checking =
  (action: string, operator: string, key: string, value = 'x') =>
  () =>
    checkStatements('CreateEntry', [
      { effect: 'Allow', actions: ['*'], resources: ['*'] },
      { effect: 'Allow', actions: [action], resources: ['*'], conditions: { [operator]: { [key]: [value] } } },
    ]);

describe('a statement is refused, by its number and by name,', () => {
  test.each<[string, string, string, string]>([
    ['eks:CreateAccessEntry', 'NumericEquals', 'eks:username', "condition operator 'NumericEquals' is not evaluated"],
    [
      'eks:CreateAccessEntry',
      'StringEquals',
      'eks:accesEntryType',
      "'eks:CreateAccessEntry' has no condition key 'eks:accesEntryType'",
    ],
    [
      'eks:DeleteAccessEntry',
      'ArnLike',
      'eks:principalArn',
      "'eks:DeleteAccessEntry' has no condition key 'eks:principalArn'",
    ],
    ['eks:*', 'ArnLike', 'eks:policyArn', "has no condition key 'eks:policyArn'"],
    ['*', 'ArnLike', 'eks:policyArn', "has no condition key 'eks:policyArn'"],
    ['eks:CreateAccessEntry', 'StringEquals', 'eks:kubernetesGroups', 'needs ForAllValues: or ForAnyValue: before it'],
    ['eks:CreateAccessEntry', 'StringEquals', 'aws:RequestTag/', "has no condition key 'aws:RequestTag/'"],
  ])('%s with %s %s', (action, operator, key, text) => {
    expect(checking(action, operator, key)).toThrow(`statement 1 of 'CreateEntry': `);
    expect(checking(action, operator, key)).toThrow(text);
  });

  test('that counts on a policy variable', () => {
    expect(checking('eks:CreateAccessEntry', 'StringEquals', 'eks:username', '${aws:username}')).toThrow(
      "'${aws:username}' has a policy variable",
    );
    const resources = ['arn:aws:iam::1:user/${aws:username}'];
    const statement: PolicyStatement = { effect: 'Allow', actions: ['iam:GetUser'], resources };
    expect(() => checkStatements('x', [statement])).toThrow('has a policy variable');
  });
});

test.each([
  ['eks:CreateAccessEntry', 'StringEquals', 'eks:accessEntryType'],
  ['eks:CreateAccessEntry', 'ArnLike', 'EKS:PrincipalArn'],
  ['eks:CreateAccessEntry', 'ForAllValues:StringLike', 'eks:kubernetesGroups'],
  ['eks:TagResource', 'StringEquals', 'aws:RequestTag/team'],
  ['eks:TagResource', 'ForAnyValue:StringEquals', 'aws:TagKeys'],
  ['eks:*AccessPolicy', 'ArnEqualsIfExists', 'eks:policyArn'],
  ['eks:DeleteAccessEntry', 'Bool', 'aws:SecureTransport'],
  ['lambda:InvokeFunction', 'ArnLike', 'AWS:SourceArn'],
  ['sqs:SendMessage', 'StringEquals', 'aws:SourceAccount'],
])('%s with %s %s is taken', (action, operator, key) => {
  expect(checking(action, operator, key)).not.toThrow();
});
