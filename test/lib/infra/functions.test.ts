import { describe, expect, test } from 'vitest';
import { STEPS } from '../../../handlers/shared/steps.ts';
import { variablesOf } from '../../../lib/aws/port-registry.ts';
import { environmentOf, readSettings, settingsFrom } from '../../../lib/core/settings.ts';
import { synthesize } from '../../../lib/infra/synthesize.ts';
import { allStates, stateMachines } from '../../statemachines/asl.ts';
import { APPROVER, ENV, EVERYTHING, referredTo, resourcesOf, resourceWith } from './synthesized.ts';

const functions = STEPS.map(({ name, uses }) => {
  const properties = resourceWith('AWS::Lambda::Function', { FunctionName: `eks-rebind-${name}` });
  return { name, uses, properties };
});

const propertiesOf = (id: string | undefined) => EVERYTHING.Resources[id ?? '']?.Properties;
const variablesIn = ({ Environment }: Record<string, unknown>): Record<string, string> =>
  JSON.parse(JSON.stringify(Environment)).Variables;

describe.each(functions)('the function of $name', ({ name, uses, properties }) => {
  test('runs its export of the one bundle on arm64', () => {
    const [first] = functions;
    expect(properties).toMatchObject({
      Architectures: ['arm64'],
      Runtime: 'nodejs24.x',
      Handler: `index.${name}`,
      Code: first?.properties['Code'],
    });
  });

  test('logs lines of JSON to a group of its own, kept for a year, and is traced', () => {
    expect(properties).toMatchObject({ LoggingConfig: { LogFormat: 'JSON' }, TracingConfig: { Mode: 'Active' } });
    const { LoggingConfig } = JSON.parse(JSON.stringify(properties));
    expect(propertiesOf(referredTo(LoggingConfig.LogGroup))).toEqual({
      LogGroupName: `/aws/lambda/eks-rebind-${name}`,
      RetentionInDays: 365,
    });
  });

  test('has a role of its own under our path, with what stands in it and nothing else', () => {
    const id = referredTo(properties['Role']);
    const role = propertiesOf(id);
    expect(role).toMatchObject({ Path: '/eks-rebind/', Policies: [{ PolicyName: name }] });
    expect(role).not.toHaveProperty('ManagedPolicyArns');
    expect(functions.filter((other) => referredTo(other.properties['Role']) === id)).toHaveLength(1);
  });

  test('has the settings, and of other variables those that its ports need', () => {
    const settings = environmentOf(settingsFrom({ EKS_REBIND_REGIONS: 'us-east-1', EKS_REBIND_APPROVERS: APPROVER }));
    const variables = variablesIn(properties);
    expect(variables).toMatchObject(settings);
    expect(() => readSettings(variables)).not.toThrow();
    const others = Object.keys(variables).filter((variable) => !(variable in settings));
    expect(new Set(others)).toEqual(new Set(variablesOf(uses)));
  });
});

test('there is a function for each step, and none without a step', () => {
  expect(resourcesOf('AWS::Lambda::Function').size).toBe(STEPS.length);
});

test('a function ends a little before its Task does', () => {
  const tasks = stateMachines
    .flatMap((machine) => allStates(machine))
    .filter(([, { Type, Resource }]) => Type === 'Task' && Resource?.endsWith('Arn}'));
  const timeouts = tasks.map(([name, { TimeoutSeconds }]) => [name, Number(TimeoutSeconds) - 5]);
  expect(timeouts.length).toBeGreaterThan(15);
  const deployed = tasks.map(([name]) => [name, functions.find((one) => one.name === name)?.properties['Timeout']]);
  expect(deployed).toEqual(timeouts);
});

test('the function that asks people does not wait for them', () => {
  expect(resourceWith('AWS::Lambda::Function', { FunctionName: 'eks-rebind-AskForApproval' })['Timeout']).toBe(60);
});

test('no policy is attached to a role from outside of it', () => {
  expect(resourcesOf('AWS::IAM::Policy').size + resourcesOf('AWS::IAM::ManagedPolicy').size).toBe(0);
});

test('every role is under the path that the guard refuses to touch', () => {
  const paths = [...resourcesOf('AWS::IAM::Role').values()].map(({ Path }) => Path);
  expect(new Set(paths)).toEqual(new Set(['/eks-rebind/']));
});

test('what is told of a function by its props is in its environment', () => {
  const template = synthesize(
    { regions: ['eu-west-1', 'eu-north-1'], mode: 'ask', memberAccounts: ['444455556666'], externalId: 'ours' },
    ENV,
  );
  const checkRole = resourceWith('AWS::Lambda::Function', { FunctionName: 'eks-rebind-CheckRole' }, template);
  expect(readSettings(variablesIn(checkRole))).toMatchObject({
    regions: ['eu-west-1', 'eu-north-1'],
    mode: 'ask',
    memberAccounts: ['444455556666'],
    externalId: 'ours',
  });
});

test('settings that no function could hold fail at synth, not at the deployment', () => {
  const optOut = Array.from({ length: 80 }, (_, index) => `arn:aws:iam::111122223333:role/never-touch-this-${index}`);
  expect(() => synthesize({ optOut }, ENV)).toThrow(
    /^the settings take \d{4} bytes as environment variables, most of them EKS_REBIND_OPT_OUT, wanted at most 3500/,
  );
  expect(() => synthesize({ optOut: optOut.slice(0, 50) }, ENV)).not.toThrow();
});

test('what ports need beside the settings fits into what is left of the variables', () => {
  const settings = environmentOf(settingsFrom({ EKS_REBIND_REGIONS: 'us-east-1' }));
  const bytes = functions.map(({ properties }) => {
    const others = Object.entries(variablesIn(properties)).filter(([variable]) => !(variable in settings));
    return Buffer.byteLength(JSON.stringify(Object.fromEntries(others)));
  });
  expect(Math.max(...bytes)).toBeLessThan(4_096 - 3_500);
});
