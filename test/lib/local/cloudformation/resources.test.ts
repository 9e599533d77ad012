import { describe, expect, test } from 'vitest';
import { outputsOf } from '../../../../lib/local/cloudformation/outputs-of.ts';
import { ACCOUNT } from '../local-world.ts';
import { deployed, functionWithRole, refusalOf, roleOf, WHERE } from './small-templates.ts';

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:${ACCOUNT}:${resource}`;

describe('a template', () => {
  test.each([
    [
      'a type',
      { It: { Type: 'AWS::EC2::Instance' } },
      {},
      "Resources.It: the local AWS doesn't emulate AWS::EC2::Instance",
    ],
    ['no type', { It: {} }, {}, 'Resources.It: expected a Type'],
    ['no object', { It: 'queue' }, {}, 'Resources.It: expected an object, it is "queue"'],
    [
      'an attribute',
      { It: { Type: 'AWS::SQS::Queue', UpdatePolicy: {} } },
      {},
      "Resources.It: the local AWS knows no 'UpdatePolicy'",
    ],
    [
      'a dependency',
      { It: { Type: 'AWS::SQS::Queue', DependsOn: ['Other'] } },
      {},
      'DependsOn: there is no resource "Other"',
    ],
    ['a section', {}, { Transform: 'AWS::Serverless-2016-10-31' }, "the template: the local AWS knows no 'Transform'"],
    ['mappings', {}, { Mappings: {} }, "the template: the local AWS knows no 'Mappings'"],
  ])('with %s that nobody knows is refused', (_, resources, others, reason) => {
    expect(refusalOf(resources, others)).toContain(reason);
  });

  test('that CDK made has metadata, rules and dependencies that change nothing', () => {
    const others = { Rules: { CheckBootstrapVersion: {} }, Description: 'x', AWSTemplateFormatVersion: '2010-09-09' };
    const CDKMetadata = { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'v2' }, Metadata: {} };
    const It = { Type: 'AWS::SQS::Queue', DependsOn: 'CDKMetadata', DeletionPolicy: 'Retain' };
    expect(deployed({ CDKMetadata, It }, others).queues).toEqual({ 'mine-It': {} });
  });

  test.each([
    [
      { Type: 'AWS::SQS::Queue' },
      `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/mine-It`,
      'Arn',
      arn('sqs', 'mine-It'),
    ],
    [{ Type: 'AWS::SNS::Topic' }, arn('sns', 'mine-It'), 'TopicName', 'mine-It'],
    [{ Type: 'AWS::Logs::LogGroup' }, 'mine-It', 'Arn', arn('logs', 'log-group:mine-It:*')],
    [{ Type: 'AWS::Events::Rule' }, 'mine-It', 'Arn', arn('events', 'rule/mine-It')],
    [{ Type: 'AWS::StepFunctions::StateMachine' }, arn('states', 'stateMachine:mine-It'), 'Name', 'mine-It'],
    [{ Type: 'AWS::Lambda::Function' }, 'mine-It', 'Arn', arn('lambda', 'function:mine-It')],
    [{ Type: 'AWS::IAM::Role' }, 'mine-It', 'Arn', `arn:aws:iam::${ACCOUNT}:role/mine-It`],
    [{ Type: 'AWS::DynamoDB::Table' }, 'mine-It', 'Arn', arn('dynamodb', 'table/mine-It')],
    [{ Type: 'AWS::CloudWatch::Alarm' }, 'mine-It', 'Arn', arn('cloudwatch', 'alarm:mine-It')],
  ])('tells of %j what AWS tells', (It, ref, attribute, value) => {
    const Outputs = { Ref: { Value: { Ref: 'It' } }, Att: { Value: { 'Fn::GetAtt': ['It', attribute] } } };
    expect(outputsOf({ Resources: { It }, Outputs }, WHERE)).toEqual({ Ref: ref, Att: value });
  });

  test('can refer to what AWS gives no name for by nothing', () => {
    const Outputs = { Ref: { Value: { Ref: 'It' } } };
    const template = { Resources: { It: { Type: 'AWS::CDK::Metadata' } }, Outputs };
    expect(() => outputsOf(template, WHERE)).toThrow("the local AWS knows nothing that Ref gives for 'It'");
  });
});

const machine = (properties: object = {}) => ({
  Role: roleOf('states.amazonaws.com'),
  Lines: { Type: 'AWS::Logs::LogGroup' },
  Steps: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      DefinitionString: '{"Resource":"${LookArn}","In":"${Partition}"}',
      DefinitionSubstitutions: { LookArn: { 'Fn::Sub': 'arn:${AWS::Partition}:look' }, Partition: 'aws' },
      ...properties,
    },
  },
});

describe('a state machine of a template', () => {
  test('has its placeholders filled', () => {
    expect(deployed(machine()).stateMachines).toEqual({
      'mine-Steps': {
        definition: '{"Resource":"arn:aws:look","In":"aws"}',
        roleArn: `arn:aws:iam::${ACCOUNT}:role/mine-Role`,
        statements: [],
      },
    });
  });

  test('says what it logs and whether it is traced', () => {
    const properties = {
      LoggingConfiguration: {
        Level: 'ALL',
        IncludeExecutionData: false,
        Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: { 'Fn::GetAtt': ['Lines', 'Arn'] } } }],
      },
      TracingConfiguration: { Enabled: true },
    };
    expect(deployed(machine(properties)).stateMachines['mine-Steps']).toMatchObject({
      logging: { level: 'ALL', includeExecutionData: false, destinations: [arn('logs', 'log-group:mine-Lines:*')] },
      tracing: true,
    });
    expect(deployed(machine({ LoggingConfiguration: {} })).stateMachines['mine-Steps']).toMatchObject({
      logging: { level: 'OFF', destinations: [] },
    });
  });

  test.each([
    [
      { DefinitionSubstitutions: { Partition: 'aws' } },
      'DefinitionString: nothing in DefinitionSubstitutions fills ${LookArn}',
    ],
    [{ DefinitionSubstitutions: undefined }, 'nothing in DefinitionSubstitutions fills ${LookArn}'],
    [{ DefinitionString: undefined, Definition: {} }, "doesn't emulate 'Definition'"],
    [{ StateMachineType: 'EXPRESS' }, 'StateMachineType: expected STANDARD'],
    [{ LoggingConfiguration: { Level: 'LOUD' } }, 'Level: expected ALL or ERROR or FATAL or OFF, it is "LOUD"'],
    [{ LoggingConfiguration: { IncludeExecutionData: 'maybe' } }, 'IncludeExecutionData: expected true or false'],
    [{ LoggingConfiguration: { Destinations: [{}] } }, 'expected a CloudWatchLogsLogGroup'],
    [
      { LoggingConfiguration: { Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: 'arn:x' } }] } },
      'no log group of the template has the ARN arn:x',
    ],
    [{ RoleArn: 'arn:r' }, 'no role of the template has the ARN arn:r'],
  ])('with %j is refused', (properties, reason) => {
    expect(refusalOf(machine(properties))).toContain(reason);
  });
});

const rule = (properties: object) => ({
  Role: roleOf('events.amazonaws.com'),
  Hears: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['aws.iam'] }, ...properties } },
});

describe('a rule of a template', () => {
  const RoleArn = { 'Fn::GetAtt': ['Role', 'Arn'] };

  test('tells its targets as it says', () => {
    const Targets = [
      {
        Id: 'Target0',
        Arn: 'arn:machine',
        RoleArn,
        DeadLetterConfig: { Arn: 'arn:letters' },
        RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86400 },
        Input: '{"schemaVersion":1}',
      },
      { Arn: 'arn:other', InputTransformer: { InputPathsMap: { id: '$.id' }, InputTemplate: '{"it":<id>}' } },
    ];
    expect(deployed(rule({ State: 'DISABLED', Targets })).rules).toEqual({
      'mine-Hears': {
        eventPattern: { source: ['aws.iam'] },
        state: 'DISABLED',
        targets: [
          {
            arn: 'arn:machine',
            roleArn: `arn:aws:iam::${ACCOUNT}:role/mine-Role`,
            deadLetterQueueArn: 'arn:letters',
            maximumRetryAttempts: 185,
            maximumEventAgeSeconds: 86_400,
            input: '{"schemaVersion":1}',
          },
          { arn: 'arn:other', inputTransformer: { paths: { id: '$.id' }, template: '{"it":<id>}' } },
        ],
      },
    });
  });

  test('may go by the clock alone', () => {
    const { rules } = deployed(rule({ EventPattern: undefined, ScheduleExpression: 'rate(6 hours)' }));
    expect(rules).toEqual({ 'mine-Hears': { scheduleExpression: 'rate(6 hours)', targets: [] } });
  });

  test.each([
    [{ EventPattern: undefined }, 'expected an EventPattern or a ScheduleExpression'],
    [{ EventBusName: 'mine' }, 'EventBusName: expected default, it is "mine"'],
    [{ State: 'ON' }, 'State: expected ENABLED or DISABLED'],
    [{ Targets: {} }, 'Targets: expected a list'],
    [{ Targets: [{ Id: 'It' }] }, 'Targets.0.Arn: expected text, it is not set'],
    [{ Targets: [{ Arn: 'arn:a', EcsParameters: {} }] }, "Targets.0.EcsParameters: the local AWS doesn't emulate"],
    [{ Targets: [{ Arn: 'arn:a', RoleArn: 'arn:r' }] }, 'no role of the template has the ARN arn:r'],
  ])('with %j is refused', (properties, reason) => {
    expect(refusalOf(rule(properties))).toContain(reason);
  });

  test('whose target has a role that EventBridge may not assume is refused', () => {
    const resources = { ...rule({ Targets: [{ Arn: 'arn:a', RoleArn }] }), Role: roleOf('lambda.amazonaws.com') };
    expect(refusalOf(resources)).toContain("can't be assumed by events.amazonaws.com");
  });
});

describe('a table of a template', () => {
  const properties = {
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: ['pk', 'sk', 'by'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    GlobalSecondaryIndexes: [
      { IndexName: 'by', KeySchema: [{ AttributeName: 'by', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } },
    ],
  };
  const table = (others: object) => ({
    It: { Type: 'AWS::DynamoDB::Table', Properties: { ...properties, ...others } },
  });
  const globalTable = (Replicas: object[]) => ({
    It: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { ...properties, Replicas } },
  });
  const expected = { 'mine-It': { hashKey: 'pk', sortKey: 'sk', indexes: { by: { hashKey: 'by' } } } };

  test('has its keys and indexes, of one region or global', () => {
    expect(deployed(table({ DeletionProtectionEnabled: true })).tables).toEqual(expected);
    expect(deployed(globalTable([{ Region: 'us-east-1', DeletionProtectionEnabled: true }])).tables).toEqual(expected);
  });

  test.each([
    [{ BillingMode: 'PROVISIONED' }, 'the local AWS emulates PAY_PER_REQUEST only'],
    [{ BillingMode: undefined }, 'the local AWS emulates PAY_PER_REQUEST only'],
    [{ KeySchema: [{ AttributeName: 'sk', KeyType: 'RANGE' }] }, 'KeySchema: expected a HASH key'],
    [{ KeySchema: [{ AttributeName: 'no', KeyType: 'HASH' }] }, "keys of type S only, 'no' is not defined"],
    [
      { GlobalSecondaryIndexes: [], AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'N' }] },
      "keys of type S only, 'pk' is N",
    ],
    [{ LocalSecondaryIndexes: [] }, "doesn't emulate 'LocalSecondaryIndexes'"],
    [{ TimeToLiveSpecification: {} }, "doesn't emulate 'TimeToLiveSpecification'"],
    [
      {
        GlobalSecondaryIndexes: [
          { ...properties.GlobalSecondaryIndexes[0], Projection: { ProjectionType: 'KEYS_ONLY' } },
        ],
      },
      'the local AWS emulates indexes of whole items (ALL) only',
    ],
  ])('with %j is refused', (others, reason) => {
    expect(refusalOf(table(others))).toContain(reason);
  });

  test('that is elsewhere too is refused', () => {
    const replicas = [{ Region: 'us-east-1' }, { Region: 'eu-west-1' }];
    expect(refusalOf(globalTable(replicas))).toContain(
      'expected one replica, in us-east-1, there are: us-east-1, eu-west-1',
    );
    expect(refusalOf(globalTable([{ Region: 'eu-west-1' }]))).toContain('expected one replica');
  });
});

const subscription = (properties: object) => ({
  News: { Type: 'AWS::SNS::Topic' },
  It: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: { Ref: 'News' }, Protocol: 'email', Endpoint: 'a@example.com', ...properties },
  },
});

describe('a subscription of a template', () => {
  test('of a person is known', () => {
    expect(Object.keys(deployed(subscription({})).topics ?? {})).toEqual(['mine-News']);
  });

  test.each([
    [{ Protocol: 'lambda' }, 'Protocol: expected email or'],
    [{ TopicArn: 'arn:t' }, 'no topic of the template has the ARN arn:t'],
    [{ Endpoint: undefined }, 'Endpoint: expected text'],
    [{ FilterPolicy: {} }, "doesn't emulate 'FilterPolicy'"],
  ])('with %j is refused', (properties, reason) => {
    expect(refusalOf(subscription(properties))).toContain(reason);
  });
});

const alarm = (properties: object) => ({ It: { Type: 'AWS::CloudWatch::Alarm', Properties: properties } });

describe('what watches', () => {
  const MetricStat = { Metric: { Namespace: 'EksRebind', MetricName: 'Rebound' }, Period: 60, Stat: 'Sum' };

  test('is known where it names its metrics', () => {
    const Metrics = [
      { Id: 'a', MetricStat, ReturnData: false },
      { Id: 'b', Expression: 'a + 1' },
    ];
    expect(() => deployed(alarm({ Metrics }))).not.toThrow();
    expect(() => deployed(alarm({ Namespace: 'AWS/States', MetricName: 'ExecutionsFailed' }))).not.toThrow();
    const It = { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: { 'Fn::Join': ['', ['{', '}']] } } };
    expect(() => deployed({ It })).not.toThrow();
  });

  test.each([
    [{ MetricName: 'Rebound' }, 'Namespace: expected text, it is not set'],
    [{ Namespace: 'EksRebind' }, 'MetricName: expected text, it is not set'],
    [
      { Metrics: [{ MetricStat: { Metric: { MetricName: 'Rebound' } } }] },
      'Metrics.0.MetricStat.Metric.Namespace: expected text',
    ],
    [{ Metrics: [{ Id: 'a' }] }, 'Metrics.0: expected a Metric or an Expression'],
    [{ EvaluationWindow: 1 }, "doesn't emulate 'EvaluationWindow'"],
  ])('and looks at %j is refused', (properties, reason) => {
    expect(refusalOf(alarm(properties))).toContain(reason);
  });

  test('with a body that is not JSON is refused', () => {
    const It = { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: '{' } };
    expect(refusalOf({ It })).toContain('DashboardBody: expected JSON');
  });
});

test('two resources that come to one name are refused', () => {
  const one = functionWithRole({ FunctionName: 'same' });
  expect(refusalOf({ ...one, Other: one.Look })).toContain("another AWS::Lambda::Function is called 'same' already");
});
