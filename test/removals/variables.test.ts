import { beforeAll, describe, expect, test } from 'vitest';
import { serviceDeployment } from '../../lib/cli/stage/service-deployment.ts';
import type { Template } from '../../lib/infra/synthesize.ts';
import { createLocalAws, createSeededRandom, createVirtualClock } from '../../lib/local/index.ts';
import { ACCOUNT, START } from '../simulator/world-options.ts';
import { playAll, TEMPLATE } from '../template/baseline.ts';
import { EVERYTHING_ON } from '../template/tour.ts';

// Each environment variable and each placeholder of the template is taken away in turn, and is missed by name.

type Properties = Readonly<Record<string, unknown>>;

const objectIn = (properties: Properties, name: string): Record<string, unknown> => ({ ...Object(properties[name]) });
const without = (object: Record<string, unknown>, key: string) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));

const resourcesOf = (type: string) =>
  Object.entries(TEMPLATE.Resources).flatMap(([id, { Type, Properties = {} }]) =>
    Type === type ? [{ id, properties: Properties }] : [],
  );

/** The template with other properties of one resource. */
function withProperties(id: string, properties: Properties): Template {
  const resource = TEMPLATE.Resources[id];
  return { Resources: { ...TEMPLATE.Resources, ...(resource && { [id]: { ...resource, Properties: properties } }) } };
}

const deployed = (template: Template) =>
  serviceDeployment({
    accountId: ACCOUNT,
    partition: 'aws',
    region: 'us-east-1',
    ports: {},
    environment: EVERYTHING_ON,
    change: () => template,
  });

/** Invokes a function in a local AWS with nothing in it; answers its error. */
async function errorOf(template: Template, functionName: string, event: unknown): Promise<string> {
  const clock = createVirtualClock(START);
  const aws = createLocalAws({ clock, random: createSeededRandom(1) });
  aws.deploy(deployed(template));
  const { error } = await clock.run(() => aws.lambda.invoke(functionName, event));
  return error ? `${error.name}: ${error.cause}` : '';
}

describe('environment variables', () => {
  const events = new Map<string, unknown>();
  beforeAll(async () => {
    for (const { events: seen } of await playAll()) for (const [name, event] of seen) events.set(name, event);
  }, 120_000);

  const functions = resourcesOf('AWS::Lambda::Function').map(({ id, properties }) => ({
    id,
    properties,
    name: String(properties['FunctionName']),
    variables: Object.keys(objectIn(objectIn(properties, 'Environment'), 'Variables')),
  }));

  test.each(functions)('without any one of its variables $name refuses to work, and names it', async (one) => {
    const { id, properties, name, variables } = one;
    const event = events.get(name);
    expect(variables.length).toBeGreaterThan(10);
    const whole = await errorOf(TEMPLATE, name, event);
    const named: string[] = [];
    for (const variable of variables) {
      const Variables = without(objectIn(objectIn(properties, 'Environment'), 'Variables'), variable);
      const changed = withProperties(id, { ...properties, Environment: { Variables } });
      const error = await errorOf(changed, name, event);
      if (error !== whole && error.includes(variable)) named.push(variable);
    }
    expect(named).toEqual(variables);
  });
});

describe('placeholders', () => {
  const placeholders = resourcesOf('AWS::StepFunctions::StateMachine').flatMap(({ id, properties }) =>
    Object.keys(objectIn(properties, 'DefinitionSubstitutions')).map((name) => ({ id, properties, name })),
  );

  test('there are some for each state machine', () => {
    expect(placeholders.length).toBeGreaterThan(20);
  });

  test.each(placeholders)('without a value for $name of $id nothing is deployed', ({ id, properties, name }) => {
    const DefinitionSubstitutions = without(objectIn(properties, 'DefinitionSubstitutions'), name);
    expect(() => deployed(withProperties(id, { ...properties, DefinitionSubstitutions }))).toThrow(`\${${name}}`);
  });
});
