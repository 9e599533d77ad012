import { describe, expect, test } from 'vitest';
import { functionUrl } from '../../../../lib/local/lambda/function-url.ts';
import { outputsOf } from '../../../../lib/local/cloudformation/outputs-of.ts';
import { createVirtualClock } from '../../../../lib/local/virtual-clock.ts';
import { ACCOUNT } from '../local-world.ts';
import { deployed, functionWithRole, policyOf, refusalOf, roleOf, WHERE } from './small-templates.ts';

const LOOK_ARN = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:mine-Look`;
const URL = {
  Type: 'AWS::Lambda::Url',
  Properties: { TargetFunctionArn: { 'Fn::GetAtt': ['Look', 'Arn'] }, AuthType: 'AWS_IAM' },
};
const context = {
  functionName: 'look',
  awsRequestId: '1',
  invokedFunctionArn: LOOK_ARN,
  getRemainingTimeInMillis: () => 1,
};
const runtime = { env: {}, clock: createVirtualClock(0), random: () => 0, write: () => {} };
const permission = (properties: object) => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'Look' }, ...properties },
});

describe('a function of a template', () => {
  test('runs the code of its handler, with its environment and its patience', async () => {
    const { functions } = deployed(
      functionWithRole({
        FunctionName: 'look',
        Timeout: '60',
        Environment: { Variables: { ACCOUNT: { Ref: 'AWS::AccountId' }, MOST: 3 } },
      }),
    );
    expect(functions['look']).toMatchObject({ environment: { ACCOUNT, MOST: '3' }, timeoutSeconds: 60 });
    expect(Object.keys(functions)).toEqual(['look']);
    expect(await functions['look']?.invoke({}, context, runtime)).toBe('index.look of look');
  });

  test('has what its role says', () => {
    const Policies = [{ PolicyName: 'Look', PolicyDocument: policyOf({}) }];
    const Role = roleOf('lambda.amazonaws.com', { Path: '/ours/', RoleName: 'looker', Policies });
    expect(deployed({ ...functionWithRole(), Role }).functions['mine-Look']).toMatchObject({
      roleArn: `arn:aws:iam::${ACCOUNT}:role/ours/looker`,
      statements: [{ effect: 'Allow', actions: ['eks:ListClusters'], resources: ['*'] }],
    });
  });

  test('is patient for 3 seconds where the template says nothing', () => {
    expect(deployed(functionWithRole()).functions['mine-Look']?.timeoutSeconds).toBe(3);
  });

  test('says where it logs and whether it is traced', () => {
    const { functions } = deployed({
      ...functionWithRole({
        LoggingConfig: { LogGroup: { Ref: 'Lines' }, LogFormat: 'JSON' },
        TracingConfig: { Mode: 'Active' },
      }),
      Lines: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/lines', RetentionInDays: 30 } },
    });
    expect(functions['mine-Look']).toMatchObject({ logGroup: '/lines', tracing: 'Active' });
  });

  test.each([
    [{ Handler: undefined }, 'Resources.Look.Properties.Handler: expected text, it is not set'],
    [{ Timeout: 901 }, 'Resources.Look.Properties.Timeout: expected 1 to 900 seconds, it is 901'],
    [{ Timeout: 'long' }, 'Resources.Look.Properties.Timeout: expected a whole number, it is "long"'],
    [
      { VpcConfig: {} },
      "Resources.Look.Properties.VpcConfig: the local AWS doesn't emulate 'VpcConfig' of AWS::Lambda::Function",
    ],
    [{ PackageType: 'Image' }, 'Resources.Look.Properties.PackageType: expected Zip, it is "Image"'],
    [{ LoggingConfig: { Colour: 1 } }, "Properties.LoggingConfig.Colour: the local AWS doesn't emulate 'Colour'"],
    [{ TracingConfig: { Mode: 'Off' } }, 'Mode: expected Active or PassThrough, it is "Off"'],
    [{ Environment: { Variables: { A: { b: 1 } } } }, "Variables: expected texts, 'A' too"],
    [{ Environment: { Variables: [] } }, 'Variables: expected an object'],
    [{ Environment: { Variables: { A: 'x'.repeat(4090) } } }, '4098 bytes are more than the 4096 that Lambda takes'],
    [
      { Role: `arn:aws:iam::${ACCOUNT}:role/theirs` },
      `Properties.Role: no role of the template has the ARN arn:aws:iam::${ACCOUNT}:role/theirs`,
    ],
  ])('with %j is refused', (properties, reason) => {
    expect(refusalOf(functionWithRole(properties))).toContain(reason);
  });

  test('whose role trusts another service is refused, as Lambda refuses it', () => {
    const Role = roleOf('states.amazonaws.com');
    expect(refusalOf({ ...functionWithRole(), Role })).toContain(
      "the role mine-Role can't be assumed by lambda.amazonaws.com",
    );
  });
});

describe("a function's URL", () => {
  test('is the one that the local Lambda answers', () => {
    const template = {
      Resources: { ...functionWithRole(), Answers: URL },
      Outputs: { Answers: { Value: { 'Fn::GetAtt': ['Answers', 'FunctionUrl'] } }, Its: { Value: { Ref: 'Answers' } } },
    };
    const expected = functionUrl({ arn: LOOK_ARN, region: 'us-east-1' });
    expect(outputsOf(template, WHERE)).toEqual({ Answers: expected, Its: LOOK_ARN });
    expect(deployed(template.Resources).functions['mine-Look']?.url).toEqual({ authType: 'AWS_IAM' });
  });

  test('may name its function, too', () => {
    const named = { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: 'mine-Look', AuthType: 'AWS_IAM' } };
    expect(deployed({ ...functionWithRole(), Answers: named }).functions['mine-Look']?.url).toBeDefined();
  });

  test.each([
    [{ AuthType: 'NONE' }, 'the local AWS emulates URLs with AuthType AWS_IAM only'],
    [{ InvokeMode: 'RESPONSE_STREAM' }, 'InvokeMode: expected BUFFERED'],
    [{ Cors: {} }, "the local AWS doesn't emulate 'Cors' of AWS::Lambda::Url"],
    [{ TargetFunctionArn: 'other' }, 'no function of the template is arn:aws:lambda'],
  ])('with %j is refused', (properties, reason) => {
    const Answers = { ...URL, Properties: { ...URL.Properties, ...properties } };
    expect(refusalOf({ ...functionWithRole(), Answers })).toContain(reason);
  });
});

describe("a permission of a function's", () => {
  test.each([
    [
      { Principal: 'events.amazonaws.com', SourceArn: 'arn:rule', SourceAccount: ACCOUNT },
      {
        principals: { Service: ['events.amazonaws.com'] },
        conditions: { ArnLike: { 'AWS:SourceArn': ['arn:rule'] }, StringEquals: { 'AWS:SourceAccount': [ACCOUNT] } },
      },
    ],
    [{ Principal: ACCOUNT }, { principals: { AWS: [`arn:aws:iam::${ACCOUNT}:root`] } }],
    [{ Principal: '*' }, { principals: { AWS: ['*'] } }],
    [
      { Principal: `arn:aws:iam::${ACCOUNT}:role/x`, FunctionUrlAuthType: 'AWS_IAM', SourceAccount: ACCOUNT },
      {
        principals: { AWS: [`arn:aws:iam::${ACCOUNT}:role/x`] },
        conditions: { StringEquals: { 'lambda:FunctionUrlAuthType': ['AWS_IAM'], 'AWS:SourceAccount': [ACCOUNT] } },
      },
    ],
    [
      { Principal: '*', InvokedViaFunctionUrl: true },
      { principals: { AWS: ['*'] }, conditions: { Bool: { 'lambda:InvokedViaFunctionUrl': ['true'] } } },
    ],
  ])('%j becomes a statement as Lambda writes it', (properties, expected) => {
    const { functions } = deployed({ ...functionWithRole(), Permission: permission(properties) });
    expect(functions['mine-Look']?.resourcePolicy).toEqual([
      { effect: 'Allow', actions: ['lambda:InvokeFunction'], resources: [LOOK_ARN], ...expected },
    ]);
  });

  test('that is for nobody or for no function of the template is refused', () => {
    expect(refusalOf({ ...functionWithRole(), Permission: permission({}) })).toContain('Principal: expected text');
    const other = permission({ Principal: '*', FunctionName: 'other' });
    expect(refusalOf({ ...functionWithRole(), Permission: other })).toContain('no function of the template is other');
  });
});

const custom = (properties: object) => ({ Type: 'Custom::Check', Properties: properties });

describe('a custom resource', () => {
  test('is known where its function is, and nothing more of it', () => {
    const Check = custom({ ServiceToken: { 'Fn::GetAtt': ['Look', 'Arn'] } });
    expect(Object.keys(deployed({ ...functionWithRole(), Check }).functions)).toEqual(['mine-Look']);
    expect(refusalOf({ ...functionWithRole(), Check: custom({ ServiceToken: 'other' }) })).toContain(
      'no function of the template is other',
    );
    const told = custom({ ServiceToken: { Ref: 'Look' }, Colour: 'red' });
    expect(refusalOf({ ...functionWithRole(), Check: told })).toContain("doesn't emulate 'Colour' of Custom::Check");
  });
});
