import { describe, expect, test } from 'vitest';
import { outputsOf } from '../../../../lib/local/cloudformation/outputs-of.ts';
import { ACCOUNT } from '../local-world.ts';
import { refusalOf, WHERE } from './small-templates.ts';

const RESOURCES = {
  Letters: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'letters' } },
  Ledger: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    },
  },
};

/** What a value comes to in an output. */
function valueOf(Value: unknown, others: object = {}, where: object = {}) {
  const template = { Resources: RESOURCES, Outputs: { It: { Value } }, ...others };
  return outputsOf(template, { ...WHERE, ...where })['It'];
}

/** What a value in an output is refused with. */
function outputRefusal(value: unknown, others: object = {}) {
  try {
    return `it was not refused, it is ${valueOf(value, others)}`;
  } catch (error) {
    return error instanceof Error ? error.message : 'no error at all';
  }
}

describe('intrinsic functions', () => {
  test.each([
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [{ Ref: 'AWS::AccountId' }, ACCOUNT],
    [{ Ref: 'AWS::StackName' }, 'mine'],
    [{ Ref: 'Ledger' }, 'mine-Ledger'],
    [{ 'Fn::GetAtt': ['Letters', 'QueueName'] }, 'letters'],
    [{ 'Fn::GetAtt': 'Letters.Arn' }, `arn:aws:sqs:us-east-1:${ACCOUNT}:letters`],
    [{ 'Fn::Join': [':', ['a', { Ref: 'AWS::Partition' }, { Ref: 'AWS::NoValue' }, 3]] }, 'a:aws:3'],
    [{ 'Fn::Join': ['+', { 'Fn::Split': ['-', 'a-b'] }] }, 'a+b'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Letters', 'Arn'] }] }] }, 'aws'],
    [{ 'Fn::Select': ['0', ['x', 'y']] }, 'x'],
    [{ 'Fn::Sub': '${AWS::Region}/${Letters.QueueName}/${!Kept}' }, 'us-east-1/letters/${Kept}'],
    [{ 'Fn::Sub': ['${Own} of ${Ledger}', { Own: { Ref: 'AWS::Partition' } }] }, 'aws of mine-Ledger'],
    [7, '7'],
  ])('%j is %s', (value, expected) => {
    expect(valueOf(value)).toBe(expected);
  });

  test('know the domain of the partition they are in', () => {
    const value = { 'Fn::Sub': '${AWS::Partition} ${AWS::URLSuffix}' };
    expect(valueOf(value, {}, { partition: 'aws-cn', region: 'cn-north-1' })).toBe('aws-cn amazonaws.com.cn');
  });

  test.each([
    [{ 'Fn::ImportValue': 'theirs' }, "Outputs.It.Value: the local AWS knows no intrinsic function 'Fn::ImportValue'"],
    [
      { 'Fn::Join': ['', ['a', { 'Fn::Base64': 'b' }]] },
      "Outputs.It.Value.Fn::Join.1.1: the local AWS knows no intrinsic function 'Fn::Base64'",
    ],
    [{ Ref: 'Nobody' }, "there is no 'Nobody' to refer to"],
    [{ Ref: 'AWS::StackId' }, "the local AWS knows no pseudo parameter 'AWS::StackId'"],
    [
      { 'Fn::GetAtt': ['Letters', 'Colour'] },
      "the local AWS knows no attribute 'Colour' of 'Letters', only Arn, QueueName, QueueUrl",
    ],
    [{ 'Fn::Sub': '${Nobody.Arn}' }, "there is no 'Nobody' to refer to"],
    [{ 'Fn::Select': [2, ['x', 'y']] }, 'expected one of 2 items, asked for 2'],
    [{ 'Fn::Select': ['one', ['x', 'y']] }, 'expected one of 2 items, asked for NaN'],
    [{ 'Fn::Join': ['-'] }, 'not what the function takes'],
    [{ 'Fn::Join': 'ab' }, 'not what the function takes'],
    [{ 'Fn::Join': [1, ['a', 'b']] }, 'not what the function takes'],
    [{ 'Fn::Split': ['', 'ab'] }, 'not what the function takes'],
    [{ 'Fn::Sub': 3 }, 'not what the function takes'],
    [{ 'Fn::GetAtt': [1, 'Arn'] }, 'not what the function takes'],
    [{ Ref: 1 }, 'not what the function takes'],
    [{ 'Fn::If': [1, 2, 3] }, 'not what the function takes'],
    [{ 'Fn::Join': ['', ['a']], Other: 1 }, "expected nothing beside 'Fn::Join'"],
    [{ Ref: 'AWS::NoValue' }, 'expected text, it is no value'],
    [['a'], 'expected text, it is ["a"]'],
    ['{{resolve:ssm:/a/b}}', "the local AWS knows no dynamic references like '{{resolve:ssm:/a/b}}'"],
    [{ 'Fn::Sub': '{{resolve:ssm:${AWS::Region}}}' }, 'the local AWS knows no dynamic references'],
  ])('%j is refused, with its place', (value, reason) => {
    expect(outputRefusal(value)).toContain(reason);
    expect(outputRefusal(value)).toMatch(/^Outputs\.It\.Value/);
  });
});

/** A queue called as another is. */
const namedAs = (other: string) => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName: { 'Fn::GetAtt': [other, 'QueueName'] } },
});

describe('names', () => {
  test('that the template leaves open are the same each time, and no longer than AWS takes', () => {
    const Letters = `Letters${'x'.repeat(90)}`;
    const name = valueOf(
      { 'Fn::GetAtt': [Letters, 'QueueName'] },
      { Resources: { [Letters]: { Type: 'AWS::SQS::Queue' } } },
    );
    expect(name).toMatch(/^mine-Lettersx+-[0-9a-f]{8}$/);
    expect(name).toHaveLength(80);
  });

  test('that are too long are refused', () => {
    const Letters = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'x'.repeat(81) } };
    expect(refusalOf({ Letters })).toMatch(
      /^TemplateError: Resources\.Letters\.Properties\.QueueName: 'x+' is longer than 80/,
    );
  });

  test('that need each other are refused', () => {
    expect(refusalOf({ One: namedAs('Other'), Other: namedAs('One') })).toContain('One refers to itself');
  });
});

describe('parameters', () => {
  test('have their default, and those that CloudFormation would look up none', () => {
    const Parameters = {
      Stage: { Type: 'String', Default: 'prod' },
      Ami: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' },
      Asked: { Type: 'String' },
    };
    expect(valueOf({ Ref: 'Stage' }, { Parameters })).toBe('prod');
    expect(outputRefusal({ Ref: 'Ami' }, { Parameters })).toContain(
      'no parameters of type AWS::SSM::Parameter::Value<String>',
    );
    expect(outputRefusal({ Ref: 'Asked' }, { Parameters })).toContain("'Asked' has no default");
  });
});

describe('conditions', () => {
  const Conditions = {
    Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
    There: { 'Fn::Not': [{ Condition: 'Here' }] },
    Both: { 'Fn::And': [{ Condition: 'Here' }, { Condition: 'There' }] },
    Either: { 'Fn::Or': [{ Condition: 'There' }, { Condition: 'Here' }] },
    Circle: { 'Fn::Not': [{ Condition: 'Circle' }] },
    Odd: { 'Fn::Contains': [['a'], 'a'] },
    Double: { Condition: 'Here', Other: 1 },
    Listless: { 'Fn::And': 'Here' },
  };

  test.each([
    ['Here', 'yes'],
    ['There', 'no'],
    ['Both', 'no'],
    ['Either', 'yes'],
  ])('of which %s comes to %s', (condition, expected) => {
    expect(valueOf({ 'Fn::If': [condition, 'yes', 'no'] }, { Conditions })).toBe(expected);
  });

  test.each([
    ['Circle', 'condition Circle refers to itself'],
    ['Odd', 'Conditions.Odd: the local AWS knows no condition {"Fn::Contains"'],
    ['Listless', 'expected a list'],
    ['Double', 'Conditions.Double: the local AWS knows no condition {"Condition"'],
    ['Nowhere', "there is no condition 'Nowhere'"],
  ])('of which %s is refused', (condition, reason) => {
    expect(outputRefusal({ 'Fn::If': [condition, 'yes', 'no'] }, { Conditions })).toContain(reason);
  });

  test('keep a resource from being made, and others from naming it', () => {
    const Letters = { Type: 'AWS::SQS::Queue', Condition: 'There' };
    const others = { Conditions, Resources: { Letters } };
    expect(outputRefusal({ Ref: 'Letters' }, others)).toContain(
      "'Letters' isn't made: its condition 'There' doesn't hold",
    );
  });

  test('leave out outputs', () => {
    const Outputs = {
      It: { Value: 'a', Condition: 'There' },
      Other: { Value: 'b', Condition: 'Here', Description: 'c' },
    };
    expect(outputsOf({ Resources: RESOURCES, Conditions, Outputs }, WHERE)).toEqual({ Other: 'b' });
  });
});
