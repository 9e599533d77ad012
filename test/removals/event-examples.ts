import { createRole, deleteRole, inEnvelope } from '../lib/cli/records.ts';
import { ACCOUNT } from '../simulator/world-options.ts';

// Events that rules must take, beside ones that they must not: each differs from one that is taken in a single point.

const at = '2026-03-01T12:00:00Z';
const iam = (detail: object, more: object = {}) => ({ ...inEnvelope({ ...createRole({ at }), ...detail }), ...more });

const roleChanges = [
  ...['CreateRole', 'DeleteRole', 'CreateUser', 'DeleteUser', 'TagRole'].map((eventName) => iam({ eventName })),
  ...['iam.amazonaws.com.cn', 'roles.amazonaws.com'].map((eventSource) => iam({ eventSource })),
  ...['Amazon API Call via CloudTrail', 'AWS Console Sign In via CloudTrail'].map((type) =>
    iam({}, { 'detail-type': type }),
  ),
  iam({ errorCode: 'EntityAlreadyExists' }),
  iam({}, { source: 'my.iam' }),
];

const issuedTo = (arn: string) => ({ userIdentity: { sessionContext: { sessionIssuer: { arn } } } });

/** The heartbeat's denied call; `roleArn` is the role of the function that makes it. */
function heartbeats(roleArn: string) {
  const asDenied: object = { ...issuedTo(roleArn), errorCode: 'AccessDenied' };
  const denied = (detail: object, more: object = {}) => ({
    ...inEnvelope(Object.assign(deleteRole({ at }), asDenied, detail)),
    ...more,
  });
  return [
    denied({}),
    ...['AccessDeniedException', 'NoSuchEntity', undefined].map((errorCode) => denied({ errorCode })),
    ...['iam.amazonaws.com.cn', 'roles.amazonaws.com'].map((eventSource) => denied({ eventSource })),
    denied({ eventName: 'GetRole' }),
    denied(issuedTo(`${roleArn}-of-another`)),
    denied({ userIdentity: { type: 'Root' } }),
    denied({}, { source: 'my.iam' }),
    ...['Amazon API Call via CloudTrail', 'AWS Console Sign In via CloudTrail'].map((type) =>
      denied({}, { 'detail-type': type }),
    ),
  ];
}

const machine = (name: string) => `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:eks-rebind-${name}`;

const change = (detail: object, more: object = {}) => ({
  version: '0',
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  detail: { status: 'FAILED', stateMachineArn: machine('role-changed'), ...detail },
  ...more,
});

function statusChanges() {
  return [
    ...['FAILED', 'TIMED_OUT', 'ABORTED', 'SUCCEEDED', 'RUNNING'].map((status) => change({ status })),
    ...['role-changed', 'rebind-entry', 'sweep', 'of-somebody-else'].map((name) =>
      change({ stateMachineArn: machine(name) }),
    ),
    change({}, { source: 'my.states' }),
    change({}, { 'detail-type': 'Step Functions Map Run Status Change' }),
  ];
}

/** Examples for each rule with a pattern, by its name. */
export const eventExamples = (heartbeatRoleArn: string): Readonly<Record<string, readonly object[]>> => ({
  'eks-rebind-role-changed': roleChanges,
  'eks-rebind-heartbeat': heartbeats(heartbeatRoleArn),
  'eks-rebind-failures': statusChanges(),
});
