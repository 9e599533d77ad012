import { expect, test } from 'vitest';
import { synthesize } from '../../../lib/infra/synthesize.ts';
import { APPROVER, ENV, referredTo, resourcesOf, resourceWith } from './synthesized.ts';

const USER = 'arn:aws:iam::111122223333:user/ann';
const asked = synthesize({ approvers: [APPROVER, USER] }, ENV);
const [answeringId = ''] =
  [...resourcesOf('AWS::Lambda::Function', asked)].find(([, { Handler }]) => Handler === 'index.AnswerApproval') ?? [];
const permissions = [...resourcesOf('AWS::Lambda::Permission', asked).values()];

test.each([APPROVER, USER])('%s may call the URL, and the function through it alone', (principal) => {
  const own = permissions.filter(({ Principal }) => Principal === principal);
  expect(own.map(({ FunctionName, ...rest }) => ({ ...rest, of: referredTo(FunctionName) }))).toEqual([
    { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'AWS_IAM', Principal: principal, of: answeringId },
    { Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true, Principal: principal, of: answeringId },
  ]);
});

test('nobody else may answer', () => {
  const invoking = permissions.filter(({ FunctionName }) => referredTo(FunctionName) === answeringId);
  expect(new Set(invoking.map(({ Principal }) => Principal))).toEqual(new Set([APPROVER, USER]));
});

test('the URL takes signed requests only, and people are told it', () => {
  expect([...resourcesOf('AWS::Lambda::Url', asked)]).toMatchObject([[expect.any(String), { AuthType: 'AWS_IAM' }]]);
  const [urlId] = resourcesOf('AWS::Lambda::Url', asked).keys();
  const asking = resourceWith('AWS::Lambda::Function', { FunctionName: 'eks-rebind-AskForApproval' }, asked);
  const { Variables } = JSON.parse(JSON.stringify(asking['Environment']));
  expect(Variables.EKS_REBIND_ANSWER_URL).toEqual({ 'Fn::GetAtt': [urlId, 'FunctionUrl'] });
});

test('without approvers there is no URL', () => {
  expect(resourcesOf('AWS::Lambda::Url', synthesize({}, ENV)).size).toBe(0);
});

/** As long as twenty may be: their ARNs are variables of the functions, too. */
const longRole = (index: number) =>
  `arn:aws:iam::111122223333:role/${'team/'.repeat(15)}${'approvers'.repeat(4)}${index}`;

test('as many approvers as may be fit into the function’s policy', () => {
  const many = synthesize({ approvers: Array.from({ length: 20 }, (_, index) => longRole(index)) }, ENV);
  const arn = 'arn:aws:lambda:us-east-1:111122223333:function:eks-rebind-AnswerApproval';
  const statements = [...resourcesOf('AWS::Lambda::Permission', many)]
    .filter(([, { Principal }]) => String(Principal).includes('/team/'))
    .map(([id, { Action, Principal, FunctionUrlAuthType: type }]) => ({
      // CloudFormation's: the stack's name, the resource's and twelve characters of chance.
      Sid: `EksRebind-${id}-${'x'.repeat(12)}`,
      Effect: 'Allow',
      Principal: { AWS: Principal },
      Action,
      Resource: arn,
      Condition: type
        ? { StringEquals: { 'lambda:FunctionUrlAuthType': type } }
        : { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
    }));
  expect(statements).toHaveLength(40);
  // Lambda quotas: a function's policy holds 20 KB.
  expect(JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements }).length).toBeLessThan(20_480);
});
