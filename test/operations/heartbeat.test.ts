import { describe, expect, test } from 'vitest';
import { serviceDeployment } from '../../lib/cli/stage/service-deployment.ts';
import type { Template, TemplateResource } from '../../lib/infra/synthesize.ts';
import { ACCOUNT, localWorld } from '../lib/local/local-world.ts';

type Resources = Template['Resources'];

/** The service as it is synthesized, or with something changed in it, in a local AWS; and one heartbeat, with all that comes of it. */
async function heartbeat(change: (resources: Resources) => void = () => {}) {
  const lines: string[] = [];
  const { aws, clock } = localWorld({ write: (line) => lines.push(line), keepsSchedules: true });
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
  // A heartbeat after a quarter of an hour, and the next one not yet.
  await clock.run(() => clock.pause(25 * 60_000));
  return {
    sent: aws.calls.countByOperation()['DeleteRole'] ?? 0,
    heard: lines.filter((line) => line.includes('"HeartbeatsHeard":1')),
    failed: lines.filter((line) => line.includes('HeartbeatAllowed')),
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
const schedule = (resources: Resources) => the(resources, 'AWS::Events::Rule', '"eks-rebind-heartbeat-schedule"');

describe('the heartbeat', () => {
  test('goes from the denied call through CloudTrail and the rule to a metric', async () => {
    const { sent, heard, failed } = await heartbeat();
    expect({ sent, failed }).toEqual({ sent: 1, failed: [] });
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
    const { sent, heard, failed } = await heartbeat((resources) => {
      const role = the(resources, 'AWS::IAM::Role', 'What the step SendHeartbeat of eks-rebind may do');
      put(role, 'Policies.1', {
        PolicyName: 'TooMuch',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'iam:DeleteRole', Resource: '*' }],
        },
      });
    });
    expect(sent).toBe(1);
    expect(failed).toEqual([expect.stringContaining('take iam:DeleteRole from its role')]);
    expect(heard).toEqual([]);
  });

  test.each<[string, (resources: Resources) => void]>([
    ['its schedule is disabled', (resources) => put(schedule(resources), 'State', 'DISABLED')],
    [
      'its schedule may not invoke the function',
      (resources) => {
        const permission = the(resources, 'AWS::Lambda::Permission', '"EksRebindSendHeartbeat');
        put(permission, 'Principal', 'sns.amazonaws.com');
      },
    ],
  ])('is not sent where %s', async (_, change) => {
    expect(await heartbeat(change)).toEqual({ sent: 0, heard: [], failed: [] });
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
    expect(sent).toBe(1);
    expect(heard).toEqual([]);
  });
});
