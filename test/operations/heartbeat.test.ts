import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, test } from 'vitest';
import { serviceDeployment } from '../../lib/cli/stage/service-deployment.ts';
import type { Template, TemplateResource } from '../../lib/infra/synthesize.ts';
import { ACCOUNT, localWorld } from '../lib/local/local-world.ts';

type Resources = Template['Resources'];

/** The service as it is synthesized, or with something changed in it, in a local AWS; and one heartbeat, with all that comes of it. */
async function heartbeat(change: (resources: Resources) => void = () => {}) {
  const lines: string[] = [];
  const { aws, clock, config } = localWorld({ write: (line) => lines.push(line) });
  const deployment = serviceDeployment({
    accountId: ACCOUNT,
    partition: 'aws',
    region: 'us-east-1',
    environment: { EKS_REBIND_REGIONS: 'us-east-1' },
    ports: {},
    change(template) {
      const copy = structuredClone(template);
      change(copy.Resources);
      return copy;
    },
  });
  aws.deploy(deployment);
  // Schedules don't fire in the local AWS: this one's target is invoked as EventBridge would.
  const [target] = deployment.rules['eks-rebind-heartbeat-schedule']?.targets ?? [];
  const scheduled = { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} };
  const Payload = new TextEncoder().encode(JSON.stringify(scheduled));
  const invoke = new InvokeCommand({ FunctionName: target?.arn, Payload });
  const answer = await clock.run(() => new LambdaClient(config()).send(invoke));
  await clock.run(() => clock.pause(60 * 60_000));
  const sent: unknown = JSON.parse(new TextDecoder().decode(answer.Payload));
  return {
    sent,
    heard: lines.filter((line) => line.includes('"HeartbeatsHeard":1')),
  };
}

/** The resource of a type that says something; there must be just one. */
function the(resources: Resources, type: string, says: string): TemplateResource {
  const found = Object.values(resources).filter(
    (resource) => resource.Type === type && JSON.stringify(resource).includes(says),
  );
  const [one] = found;
  if (!one || found.length > 1) throw new Error(`${found.length} resources of ${type} say '${says}'`);
  return one;
}

/** Puts a value into a resource, at a path of keys that leads to it. */
function put(resource: TemplateResource, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<object>((at, key) => Object(Reflect.get(at, key)), resource.Properties ?? {});
  Reflect.set(parent, last, value);
}

const rule = (resources: Resources) => the(resources, 'AWS::Events::Rule', '"eks-rebind-heartbeat"');

describe('the heartbeat', () => {
  test('goes from the denied call through CloudTrail and the rule to a metric', async () => {
    const { sent, heard } = await heartbeat();
    expect(sent).toEqual({ schemaVersion: 1, status: 'denied' });
    expect(heard.map((line): unknown => JSON.parse(line))).toEqual([
      expect.objectContaining({
        HeartbeatsHeard: 1,
        _aws: expect.objectContaining({
          CloudWatchMetrics: [expect.objectContaining({ Namespace: 'EksRebind', Dimensions: [[]] })],
        }),
      }),
    ]);
  });

  test('does not go round where its function may delete roles, and says so', async () => {
    const { sent, heard } = await heartbeat((resources) => {
      const role = the(resources, 'AWS::IAM::Role', 'What the step SendHeartbeat of eks-rebind may do');
      const allow = { Effect: 'Allow', Action: 'iam:DeleteRole', Resource: '*' };
      put(role, 'Policies.0.PolicyDocument.Statement', [allow]);
    });
    expect(sent).toMatchObject({ errorType: 'HeartbeatAllowed' });
    expect(heard).toEqual([]);
  });

  test.each<[string, (resources: Resources) => void]>([
    [
      'the rule listens for another role',
      (resources) =>
        put(rule(resources), 'EventPattern.detail.userIdentity.sessionContext.sessionIssuer.arn', [
          `arn:aws:iam::${ACCOUNT}:role/eks-rebind/SendHeartbeat`,
        ]),
    ],
    [
      'the rule listens for another call',
      (resources) => put(rule(resources), 'EventPattern.detail.eventName', ['CreateRole']),
    ],
    [
      'the rule listens for calls that succeed',
      (resources) => put(rule(resources), 'EventPattern.detail.errorCode', [{ exists: false }]),
    ],
    [
      'the rule listens for what was asked for, which CloudTrail leaves out',
      (resources) =>
        put(rule(resources), 'EventPattern.detail.requestParameters', { roleName: ['eks-rebind-heartbeat'] }),
    ],
    ['the rule is disabled', (resources) => put(rule(resources), 'State', 'DISABLED')],
    [
      'the rule may not invoke the function',
      (resources) => {
        const permission = the(resources, 'AWS::Lambda::Permission', 'EksRebindHearHeartbeat');
        put(permission, 'Principal', 'sns.amazonaws.com');
      },
    ],
  ])('is not heard where %s', async (_, change) => {
    const { sent, heard } = await heartbeat(change);
    expect(sent).toEqual({ schemaVersion: 1, status: 'denied' });
    expect(heard).toEqual([]);
  });
});
