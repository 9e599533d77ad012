import { existsSync, readFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { EksRebind } from '../../../lib/infra/eks-rebind.ts';
import { synthesize } from '../../../lib/infra/synthesize.ts';
import { compileEventPattern } from '../../../lib/local/events/event-pattern.ts';
import { createRole, deleteRole } from '../cli/records.ts';
import { ENV, EVERYTHING, referredTo, resourceWith } from './synthesized.ts';

const rule = resourceWith('AWS::Events::Rule', { Name: 'eks-rebind-role-changed' });
const admits = compileEventPattern(JSON.stringify(rule['EventPattern']));
const event = (detail: object, more = {}) => ({
  version: '0',
  source: 'aws.iam',
  'detail-type': 'AWS API Call via CloudTrail',
  region: 'us-east-1',
  detail,
  ...more,
});
const created = createRole({ at: '2026-03-01T12:00:00Z' });

// Records as AWS wrote them lie beside the project, where there are any.
const RECORDS = new URL('../../../../shared/cloudtrail/terraform-roles.json', import.meta.url);
const found = existsSync(RECORDS);
const leftOut = found ? '' : ` LEFT OUT: there are none at ${RECORDS.pathname}`;

describe('the rule takes', () => {
  test.skipIf(!found)(`every record that AWS wrote of a role or user made or deleted${leftOut}`, () => {
    const { Records } = JSON.parse(readFileSync(RECORDS, 'utf8'));
    expect(Records.length).toBeGreaterThan(10);
    for (const record of Records) expect(admits(event(record))).toBe(true);
  });

  test.each([
    ['a role made', event(created)],
    ['a role deleted', event(deleteRole({ at: '2026-03-01T12:00:00Z' }))],
    ['a user made', event({ ...created, eventName: 'CreateUser' })],
    ['a user deleted', event({ ...created, eventName: 'DeleteUser' })],
    ["China's other detail-type", event(created, { 'detail-type': 'Amazon API Call via CloudTrail' })],
    ["China's event source", event({ ...created, eventSource: 'iam.amazonaws.com.cn' })],
  ])('%s', (_, one) => {
    expect(admits(one)).toBe(true);
  });
});

describe('the rule does not take', () => {
  test.each([
    ['a call that was denied', event({ ...created, errorCode: 'AccessDenied' })],
    ['a call that failed', event({ ...created, errorCode: 'EntityAlreadyExistsException' })],
    ['a service-linked role made', event({ ...created, eventName: 'CreateServiceLinkedRole' })],
    ['a role tagged', event({ ...created, eventName: 'TagRole' })],
    ['a policy attached', event({ ...created, eventName: 'AttachRolePolicy' })],
    ["another service's event of that name", event({ ...created, eventSource: 'roles.amazonaws.com' })],
    ["anybody's own event", event(created, { source: 'my.iam' })],
    ['a sign-in', event(created, { 'detail-type': 'AWS Console Sign In via CloudTrail' })],
  ])('%s', (_, one) => {
    expect(admits(one)).toBe(false);
  });
});

test('what is not delivered within a day is kept', () => {
  expect(rule['Targets']).toMatchObject([
    {
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringContaining('DeadLetters'), 'Arn'] } },
    },
  ]);
});

test.each([
  ['eks-rebind-role-changed', 'eks-rebind-role-changed'],
  ['eks-rebind-sweep', 'eks-rebind-sweep'],
])('the rule %s starts the state machine %s as a role that may do just that', (name, machine) => {
  const [target] = JSON.parse(JSON.stringify(resourceWith('AWS::Events::Rule', { Name: name })['Targets']));
  const started = EVERYTHING.Resources[referredTo(target.Arn) ?? ''];
  expect(started?.Properties?.['StateMachineName']).toBe(machine);
  expect(EVERYTHING.Resources[referredTo(target.RoleArn) ?? '']?.Properties?.['Policies']).toMatchObject([
    { PolicyDocument: { Statement: [{ Action: 'states:StartExecution', Effect: 'Allow', Resource: target.Arn }] } },
  ]);
});

describe('the sweep', () => {
  test('runs every six hours, with the input that its state machine takes', () => {
    const sweep = resourceWith('AWS::Events::Rule', { Name: 'eks-rebind-sweep' });
    expect(sweep['ScheduleExpression']).toBe('rate(6 hours)');
    expect(sweep['Targets']).toMatchObject([{ Input: '{"schemaVersion":1}' }]);
  });
});

describe("in a region where IAM's events don't arise", () => {
  test.each([
    ['eu-west-1', 'us-east-1', 'aws'],
    ['us-gov-east-1', 'us-gov-west-1', 'aws-us-gov'],
    ['cn-northwest-1', 'cn-north-1', 'aws-cn'],
  ])('%s, synth fails and says to deploy in %s', (region, home, partition) => {
    expect(() => synthesize({}, { ...ENV, region })).toThrow(
      `the stack's region is '${region}', but IAM's events of the partition '${partition}' arise in '${home}' alone`,
    );
    expect(() => synthesize({}, { ...ENV, region: home })).not.toThrow();
  });

  test('that is not known at synth, it fails too', () => {
    expect(() => new EksRebind(new Stack(new App()), 'EksRebind')).toThrow("the stack's region is not known at synth");
  });
});
