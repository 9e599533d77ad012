import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { App } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { STEPS } from '../../../../handlers/shared/steps.ts';
import { MemberStack } from '../../../../lib/infra/member-stack.ts';
import { synthesize } from '../../../../lib/infra/synthesize.ts';
import { deploymentOf } from '../../../../lib/local/cloudformation/deployment-of.ts';
import { outputsOf } from '../../../../lib/local/cloudformation/outputs-of.ts';
import type { CodeOf } from '../../../../lib/local/cloudformation/draft.ts';
import { ACCOUNT, localWorld } from '../local-world.ts';

const WHERE = { accountId: ACCOUNT, partition: 'aws', region: 'us-east-1' };

/** The step that a handler string of the bundle names. */
const codeOf: CodeOf = (handler) => {
  const step = STEPS.find(({ name }) => handler === `index.${name}`);
  if (!step) throw new Error(`the bundle has no handler ${handler}`);
  return (event, context, runtime) => step.bind(runtime)(event, context);
};

const approvers = [`arn:aws:iam::${ACCOUNT}:role/operators`];
const template = synthesize({ approvers, orphans: 'remove' }, { account: ACCOUNT, region: 'us-east-1' });

describe('the template of the whole service', () => {
  const deployment = deploymentOf(template, { ...WHERE, codeOf });

  test('has every step as a function', () => {
    expect(Object.keys(deployment.functions).toSorted()).toEqual(
      STEPS.map(({ name }) => `eks-rebind-${name}`).toSorted(),
    );
  });

  test('comes to outputs that are all texts without anything left to fill in', () => {
    const outputs = Object.values(outputsOf(template, WHERE));
    expect(outputs.length).toBeGreaterThan(0);
    expect(outputs.filter((output) => output.includes('${') || output.includes('Token['))).toEqual([]);
  });

  test('gives each function what its role allows, and a log group of its own', () => {
    const silent = Object.entries(deployment.functions).filter(
      ([, { statements, logGroup }]) => statements.length === 0 || logGroup === undefined,
    );
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  test('deploys into the local AWS, and a function of it runs', async () => {
    const { aws, clock, config } = localWorld();
    aws.deploy(deployment);
    const lambda = new LambdaClient(config());
    const invoke = new InvokeCommand({
      FunctionName: 'eks-rebind-PlanSweep',
      Payload: new TextEncoder().encode(JSON.stringify({ schemaVersion: 1 })),
    });
    const { Payload, FunctionError } = await clock.run(() => lambda.send(invoke));
    expect(FunctionError).toBeUndefined();
    expect(JSON.parse(new TextDecoder().decode(Payload))).toMatchObject({
      places: [{ accountId: ACCOUNT, region: 'us-east-1' }],
    });
  });
});

describe('the template loads', () => {
  const MEMBER = '444455556666';

  test.each([
    ['in report mode', { mode: 'report' }, 'us-east-1', 'aws'],
    ['with a prefix of its own', { namePrefix: 'mine-' }, 'us-east-1', 'aws'],
    ['with administrators rebound', { adminEntries: 'rebind', regions: ['eu-west-1'] }, 'us-east-1', 'aws'],
    ['in China', {}, 'cn-north-1', 'aws-cn'],
    ['in GovCloud', {}, 'us-gov-west-1', 'aws-us-gov'],
  ] as const)('%s', (_, props, region, partition) => {
    const made = synthesize(props, { account: ACCOUNT, region });
    const { functions, stateMachines } = deploymentOf(made, { ...WHERE, region, partition, codeOf });
    const definitions = Object.values(stateMachines).map(({ definition }) => definition);
    expect(definitions).toHaveLength(3);
    // Whatever a definition names is deployed.
    const named = definitions.flatMap((text) =>
      [...text.matchAll(/"(arn:[^"]*:function:[^"]*)"/g)].map(([, arn]) => arn),
    );
    const deployed = Object.keys(functions).map(
      (name) => `arn:${partition}:lambda:${region}:${ACCOUNT}:function:${name}`,
    );
    expect(named.length).toBeGreaterThan(definitions.length);
    expect(deployed).toEqual(expect.arrayContaining(named));
  });

  test('of a hub: member accounts may put events on its bus', () => {
    const hub = synthesize({ memberAccounts: [MEMBER] }, { account: ACCOUNT, region: 'us-east-1' });
    expect(deploymentOf(hub, { ...WHERE, codeOf }).eventBusPolicy).toMatchObject([
      { effect: 'Allow', actions: ['events:PutEvents'] },
    ]);
  });

  test('of a member: its rule leads to the hub, and its role trusts it', () => {
    const app = new App();
    const env = { account: MEMBER, region: 'us-east-1' };
    const { stackName } = new MemberStack(app, 'Member', { env, hubAccountId: ACCOUNT });
    const member: object = app.synth().getStackByName(stackName).template;
    const { rules, roles, functions } = deploymentOf(member, { ...WHERE, accountId: MEMBER, codeOf });
    expect(Object.values(rules).flatMap(({ targets }) => targets.map(({ arn }) => arn))).toEqual([
      `arn:aws:events:us-east-1:${ACCOUNT}:event-bus/default`,
    ]);
    expect(roles?.[`arn:aws:iam::${MEMBER}:role/eks-rebind/eks-rebind-member`]?.trust).toMatchObject([
      { principals: { AWS: [`arn:aws:iam::${ACCOUNT}:root`] } },
    ]);
    expect(functions).toEqual({});
  });
});
