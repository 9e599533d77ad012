import { describe, expect, test } from 'vitest';
import { synthesize } from '../../lib/infra/synthesize.ts';
import { deploymentOf } from '../../lib/local/cloudformation/deployment-of.ts';

const WHERE = { accountId: '111122223333', partition: 'aws', region: 'us-east-1' };

/** The service's own template, to be changed. */
const template = () => structuredClone(synthesize({}, { account: WHERE.accountId, region: WHERE.region }));

type Changed = ReturnType<typeof template>;

/** The logical id of the first resource of a type. */
function firstOf({ Resources }: Changed, type: string): string {
  const [logicalId] = Object.entries(Resources).find(([, { Type }]) => Type === type) ?? [];
  if (logicalId === undefined) throw new Error(`the service's template has no ${type}`);
  return logicalId;
}

/** The template with these properties given to one of its resources. */
function withProperties(changed: Changed, logicalId: string, properties: object): Changed {
  const resource = changed.Resources[logicalId];
  if (!resource) throw new Error(`the service's template has no ${logicalId}`);
  const Properties = { ...resource.Properties, ...properties };
  return { ...changed, Resources: { ...changed.Resources, [logicalId]: { ...resource, Properties } } };
}

const membersOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const deploy = (changed: object) => deploymentOf(changed, { ...WHERE, codeOf: () => async () => undefined });

describe("the service's own template", () => {
  test('has nothing in it that the local AWS does not know', () => {
    expect(() => deploy(template())).not.toThrow();
  });

  test('with a resource of an unknown type is refused, by type and logical id', () => {
    const { Resources, ...others } = template();
    const changed = { ...others, Resources: { ...Resources, Bucket: { Type: 'AWS::S3::Bucket' } } };
    expect(() => deploy(changed)).toThrow("Resources.Bucket: the local AWS doesn't emulate AWS::S3::Bucket");
  });

  test('with an unknown intrinsic function is refused, by function and place', () => {
    const changed = template();
    const logicalId = firstOf(changed, 'AWS::Lambda::Function');
    const Environment = { Variables: { EKS_REBIND_MODE: { 'Fn::FindInMap': ['Modes', 'here', 'mode'] } } };
    expect(() => deploy(withProperties(changed, logicalId, { Environment }))).toThrow(
      `Resources.${logicalId}.Properties.Environment.Variables.EKS_REBIND_MODE: the local AWS knows no intrinsic function 'Fn::FindInMap'`,
    );
  });

  // One of each type that does anything: each kind refuses for itself.
  test.each([
    'AWS::DynamoDB::Table',
    'AWS::Events::Rule',
    'AWS::IAM::Role',
    'AWS::Lambda::Function',
    'AWS::Logs::LogGroup',
    'AWS::SNS::Topic',
    'AWS::SNS::TopicPolicy',
    'AWS::SQS::Queue',
    'AWS::SQS::QueuePolicy',
    'AWS::StepFunctions::StateMachine',
  ])('with an unknown property of its %s is refused, by property and place', (type) => {
    const changed = template();
    const logicalId = firstOf(changed, type);
    expect(() => deploy(withProperties(changed, logicalId, { Colour: 'red' }))).toThrow(
      `Resources.${logicalId}.Properties.Colour: the local AWS doesn't emulate 'Colour' of ${type}`,
    );
  });

  test('with a placeholder that nothing fills is refused, by placeholder and place', () => {
    const changed = template();
    const filled = Object.entries(changed.Resources).flatMap(([logicalId, { Type, Properties }]) =>
      Type === 'AWS::StepFunctions::StateMachine'
        ? [[logicalId, membersOf(Properties?.['DefinitionSubstitutions'])] as const]
        : [],
    );
    expect(filled.flatMap(([, values]) => Object.keys(values)).length).toBeGreaterThan(filled.length);
    for (const [logicalId, values] of filled) {
      for (const name of Object.keys(values)) {
        const { [name]: _, ...DefinitionSubstitutions } = values;
        expect(() => deploy(withProperties(changed, logicalId, { DefinitionSubstitutions }))).toThrow(
          `Resources.${logicalId}.Properties.DefinitionString: nothing in DefinitionSubstitutions fills \${${name}}`,
        );
      }
    }
  });
});
