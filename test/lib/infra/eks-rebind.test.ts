import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { EksRebindStack } from '../../../lib/infra/eks-rebind-stack.ts';
import { synthesize } from '../../../lib/infra/synthesize.ts';
import { ENV, resourcesOf, resourceWith } from './synthesized.ts';

// The properties that give a resource its physical name.
const NAMES = [
  'FunctionName',
  'StateMachineName',
  'TableName',
  'TopicName',
  'QueueName',
  'Name',
  'AlarmName',
  'DashboardName',
  'LogGroupName',
];

test('every physical name begins with the prefix', () => {
  const template = synthesize({ namePrefix: 'ours-' }, ENV);
  const names = Object.values(template.Resources).flatMap(({ Type, Properties = {} }) =>
    // A permission names its function, not itself.
    Type === 'AWS::Lambda::Permission' ? [] : NAMES.flatMap((name) => Properties[name] ?? []),
  );
  const prefixed = /^(\/aws\/(lambda|vendedlogs\/states)\/)?ours-/;
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name) => typeof name !== 'string' || !prefixed.test(name))).toEqual([]);
});

describe('notifications', () => {
  test('go to a topic of its own, which takes TLS only', () => {
    expect([...resourcesOf('AWS::SNS::Topic').values()]).toMatchObject([{ TopicName: 'eks-rebind-notifications' }]);
    expect(JSON.stringify([...resourcesOf('AWS::SNS::TopicPolicy').values()])).toContain(
      '"Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny"',
    );
  });

  test('go to the topic given', () => {
    const notificationTopicArn = 'arn:aws:sns:us-east-1:111122223333:ours';
    const template = synthesize({ notificationTopicArn, approvers: ['arn:aws:iam::111122223333:user/ann'] }, ENV);
    expect(resourcesOf('AWS::SNS::Topic', template).size).toBe(0);
    const asking = resourceWith('AWS::Lambda::Function', { FunctionName: 'eks-rebind-AskForApproval' }, template);
    expect(JSON.stringify(asking)).toContain(`"EKS_REBIND_TOPIC_ARN":"${notificationTopicArn}"`);
  });
});

test('dead letters are kept for two weeks, encrypted, and taken over TLS only', () => {
  expect([...resourcesOf('AWS::SQS::Queue').values()]).toEqual([
    { QueueName: 'eks-rebind-dead-letters', MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true },
  ]);
  expect(JSON.stringify([...resourcesOf('AWS::SQS::QueuePolicy').values()])).toContain('"aws:SecureTransport":"false"');
});

test('logs are kept as long as one says, functions and state machines alike', () => {
  const kept = [...resourcesOf('AWS::Logs::LogGroup', synthesize({ logRetention: 30 }, ENV)).values()];
  expect(new Set(kept.map(({ RetentionInDays }) => RetentionInDays))).toEqual(new Set([30]));
  expect(kept.length).toBeGreaterThan(20);
});

test('wrong props fail at synth', () => {
  expect(() => synthesize({ cap: 0 }, ENV)).toThrow('cap is 0, wanted a whole number from 1 to 10000');
});

describe('synthesize', () => {
  test('answers with the same template for the same props and place, and with another for others', () => {
    expect(synthesize({ cap: 9 }, ENV)).toBe(synthesize({ cap: 9 }, { ...ENV }));
    expect(synthesize({ cap: 9 }, { ...ENV, account: '444455556666' })).not.toBe(synthesize({ cap: 9 }, ENV));
    expect(synthesize({ cap: 8 }, ENV)).not.toEqual(synthesize({ cap: 9 }, ENV));
  });
});

test('the stack tells AWS nothing of what it was made with, even where the app would', () => {
  const app = new App({ analyticsReporting: true, context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new EksRebindStack(app, 'Ours', { env: ENV });
  expect(Object.keys(Template.fromStack(stack).findResources('AWS::CDK::Metadata'))).toEqual([]);
});
