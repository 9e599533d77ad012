import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import type { Deployment, ResourcePolicyStatement } from '../../../../lib/local/deployment.ts';
import { ACCOUNT, localWorld, refusal } from '../local-world.ts';

const MEMBER = '444455556666';
const HUB_BUS = `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/default`;
const FORWARDER = `arn:aws:iam::${MEMBER}:role/forwarder`;
const MACHINE = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:hear`;
const STARTER = `arn:aws:iam::${ACCOUNT}:role/starter`;

const BY_EVENTS: readonly ResourcePolicyStatement[] = [
  {
    effect: 'Allow',
    actions: ['sts:AssumeRole'],
    resources: [],
    principals: { Service: ['events.amazonaws.com'] },
  },
];

const where = (accountId: string) => ({ accountId, partition: 'aws', region: 'us-east-1', functions: {} });
const pattern = { source: ['aws.iam'] };

const members = (actions: readonly string[], target = HUB_BUS): Deployment => ({
  ...where(MEMBER),
  stateMachines: {},
  rules: { forward: { eventPattern: pattern, targets: [{ arn: target, roleArn: FORWARDER }] } },
  roles: { [FORWARDER]: { statements: [{ effect: 'Allow', actions, resources: [HUB_BUS] }], trust: BY_EVENTS } },
});

const onlyIam: ResourcePolicyStatement = {
  effect: 'Allow',
  actions: ['events:PutEvents'],
  resources: [HUB_BUS],
  principals: { AWS: [`arn:aws:iam::${MEMBER}:root`] },
  conditions: {
    'ForAllValues:StringEquals': { 'events:source': ['aws.iam'] },
    Bool: { 'events:eventBusInvocation': ['true'] },
  },
};

const hub = (eventBusPolicy: readonly ResourcePolicyStatement[]): Deployment => ({
  ...where(ACCOUNT),
  stateMachines: {
    hear: {
      definition: '{"QueryLanguage":"JSONata","StartAt":"Heard","States":{"Heard":{"Type":"Succeed"}}}',
      statements: [],
    },
  },
  rules: { hear: { eventPattern: pattern, targets: [{ arn: MACHINE, roleArn: STARTER }] } },
  roles: {
    [STARTER]: {
      statements: [{ effect: 'Allow', actions: ['states:StartExecution'], resources: [MACHINE] }],
      trust: BY_EVENTS,
    },
  },
  eventBusPolicy,
});

const ROLE_MADE = {
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateRole',
  eventTime: '2026-11-24T05:30:00Z',
  awsRegion: 'us-east-1',
  recipientAccountId: MEMBER,
};

/** A role is made in the member account, and all that follows from it. */
async function afterCreateRole({
  member = members(['events:PutEvents']),
  policy = [onlyIam],
}: { member?: Deployment; policy?: ResourcePolicyStatement[] } = {}) {
  const { aws, wait } = localWorld();
  aws.deploy(hub(policy));
  aws.deploy(member);
  aws.events.deliverCloudTrail(ROLE_MADE);
  await wait(60_000);
  const inputs = [...aws.stepFunctions.world.executions.values()].map(({ inputText }) => JSON.parse(inputText));
  return { heard: inputs, lost: aws.events.deadLetters.map(({ errorCode, targetArn }) => [errorCode, targetArn]) };
}

test('a rule hands an event of AWS’s own to another account’s bus as it is', async () => {
  const { heard, lost } = await afterCreateRole();
  expect(heard).toMatchObject([{ source: 'aws.iam', account: MEMBER, detail: { recipientAccountId: MEMBER } }]);
  expect(lost).toEqual([]);
});

test.each([
  ['the other bus lets nobody in', { policy: [] }],
  ['the other bus lets only others in', { policy: [{ ...onlyIam, principals: { AWS: ['777788889999'] } }] }],
  ['the rule’s role may not put events', { member: members(['events:PutRule']) }],
])('where %s it is lost to the dead letters', async (_, options) => {
  const { heard, lost } = await afterCreateRole(options);
  expect(heard).toEqual([]);
  expect(lost).toEqual([['AccessDeniedException', HUB_BUS]]);
});

test('a bus that nobody gave a policy lets in no other account', async () => {
  const { aws, wait } = localWorld();
  aws.deploy(members(['events:PutEvents']));
  aws.events.deliverCloudTrail(ROLE_MADE);
  await wait(60_000);
  expect(aws.events.deadLetters.map(({ errorCode }) => errorCode)).toEqual(['AccessDeniedException']);
});

test('an event that came from another account goes no further', async () => {
  const { aws, wait } = localWorld();
  const third = { ...onlyIam, principals: { AWS: [`arn:aws:iam::${ACCOUNT}:root`] } };
  const membersBus = `arn:aws:events:us-east-1:${MEMBER}:event-bus/default`;
  aws.deploy({ ...members(['events:PutEvents']), eventBusPolicy: [{ ...third, resources: [membersBus] }] });
  aws.deploy({
    ...hub([onlyIam]),
    rules: { back: { eventPattern: pattern, targets: [{ arn: membersBus, roleArn: STARTER }] } },
  });
  aws.events.deliverCloudTrail(ROLE_MADE);
  await wait(60_000);
  expect(aws.events.deadLetters.map(({ errorCode }) => errorCode)).toEqual(['THIRD_ACCOUNT_HOP_DETECTED']);
});

test('a person of another account can’t put events there: that is no rule’s doing', async () => {
  const { aws, config } = localWorld();
  aws.deploy(hub([onlyIam]));
  const key = aws.credentials.issue({ arn: `arn:aws:iam::${MEMBER}:root` });
  const Entries = [{ EventBusName: HUB_BUS, Source: 'aws.iam', DetailType: 'x', Detail: '{}' }];
  const put = new EventBridgeClient(config(key)).send(new PutEventsCommand({ Entries }));
  expect(await refusal(put)).toMatchObject({ name: 'AccessDeniedException' });
});
