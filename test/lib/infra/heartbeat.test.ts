import { describe, expect, test } from 'vitest';
import { compileEventPattern } from '../../../lib/local/events/event-pattern.ts';
import { createRole, deleteRole, inEnvelope } from '../cli/records.ts';
import { operationsTemplate } from './service-world.ts';

const ROLE = 'arn:aws:iam::444455556666:role/eks-rebind/EksRebind-SendHeartbeatRole-1A2B3C';

/** The rules of the template, by name. */
function rules(): Record<string, { EventPattern?: object; ScheduleExpression?: string; Targets: object[] }> {
  const found = operationsTemplate({ namePrefix: '' }).findResources('AWS::Events::Rule');
  return Object.fromEntries(Object.values(found).map((rule) => [rule['Properties'].Name, rule['Properties']]));
}

/** Whether the heartbeat's rule takes an event, where SendHeartbeat's function has the role above. */
function hears(event: object): boolean {
  const pattern = JSON.stringify(rules()['heartbeat']?.EventPattern, (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'Fn::GetAtt' in value ? ROLE : value,
  );
  return compileEventPattern(pattern)(event);
}

/** A denied DeleteRole as CloudTrail writes it: without anything that was asked for, as published records of denied calls have it. */
function denied({ roleArn = ROLE, more = {} }: { roleArn?: string; more?: object } = {}) {
  const name = roleArn.split('/').at(-1) ?? '';
  const record = {
    ...deleteRole({ at: '2026-11-24T10:00:00Z' }),
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLEEXAMPLE123:eks-rebind-SendHeartbeat',
      arn: `arn:aws:sts::444455556666:assumed-role/${name}/eks-rebind-SendHeartbeat`,
      accountId: '444455556666',
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROAEXAMPLEEXAMPLE123',
          arn: roleArn,
          accountId: '444455556666',
          userName: name,
        },
        attributes: { creationDate: '2026-11-24T09:59:58Z', mfaAuthenticated: 'false' },
      },
    },
    errorCode: 'AccessDenied',
    errorMessage:
      `User: arn:aws:sts::444455556666:assumed-role/${name}/eks-rebind-SendHeartbeat is not authorized to perform: iam:DeleteRole ` +
      'on resource: role eks-rebind-heartbeat because no identity-based policy allows the iam:DeleteRole action',
    requestParameters: null,
    responseElements: null,
    ...more,
  };
  return inEnvelope(record);
}

describe("the heartbeat's rule", () => {
  test('hears the denied call of its own function', () => {
    expect(hears(denied())).toBe(true);
  });

  test('hears it by the longer code, and by the names that China may give it', () => {
    expect(hears(denied({ more: { errorCode: 'AccessDeniedException' } }))).toBe(true);
    expect(hears(denied({ more: { eventSource: 'iam.amazonaws.com.cn' } }))).toBe(true);
    expect(hears({ ...denied(), 'detail-type': 'Amazon API Call via CloudTrail' })).toBe(true);
  });

  test.each([
    ['a call that was let through', denied({ more: { errorCode: undefined, errorMessage: undefined } })],
    ['a call that failed of something else', denied({ more: { errorCode: 'NoSuchEntityException' } })],
    ['the denied call of another role', denied({ roleArn: `${ROLE}X` })],
    ['a role of the same name elsewhere', denied({ roleArn: ROLE.replace('444455556666', '111122223333') })],
    ['another denied call of the function', denied({ more: { eventName: 'CreateRole' } })],
    ['the deletion of a role by somebody', inEnvelope(deleteRole({ at: '2026-11-24T10:00:00Z' }))],
    ['the creation of a role', inEnvelope(createRole({ at: '2026-11-24T10:00:00Z' }))],
    ['a call of the same name to another service', denied({ more: { eventSource: 'iam.example.com' } })],
    ['an event of another kind', { ...denied(), 'detail-type': 'AWS Service Event via CloudTrail' }],
    ['what somebody else puts on the bus', { ...denied(), source: 'eks-rebind' }],
  ])('does not hear %s', (_, event) => {
    // As events travel: without what is undefined.
    expect(hears(JSON.parse(JSON.stringify(event)))).toBe(false);
  });

  test('hands what it hears to HearHeartbeat', () => {
    const { Targets = [] } = rules()['heartbeat'] ?? {};
    expect(Targets).toMatchObject([{ Arn: { 'Fn::GetAtt': [expect.stringMatching(/^HearHeartbeat/), 'Arn'] } }]);
  });
});

test('the heartbeat is sent every quarter of an hour by SendHeartbeat', () => {
  expect(rules()['heartbeat-schedule']).toMatchObject({
    ScheduleExpression: 'rate(15 minutes)',
    Targets: [{ Arn: { 'Fn::GetAtt': [expect.stringMatching(/^SendHeartbeat/), 'Arn'] } }],
  });
});

test('without its functions nothing is synthesized', () => {
  expect(() => operationsTemplate({ steps: ['SendHeartbeat'] })).toThrow(
    'the heartbeat needs the functions SendHeartbeat, with a role, and HearHeartbeat',
  );
});
