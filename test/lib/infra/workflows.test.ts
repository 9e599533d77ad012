import { describe, expect, test } from 'vitest';
import { EVERYTHING, referredTo, resourceWith } from './synthesized.ts';

const MACHINES = ['role-changed', 'rebind-entry', 'sweep'].map((name) => ({
  name,
  properties: resourceWith('AWS::StepFunctions::StateMachine', { StateMachineName: `eks-rebind-${name}` }),
}));

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

interface PlainStatement {
  Sid: string;
  Action: string | string[];
  Resource: unknown;
}

describe.each(MACHINES)('the state machine $name', ({ name, properties }) => {
  const role = plain(EVERYTHING.Resources[referredTo(properties['RoleArn']) ?? '']?.Properties);
  const statements: PlainStatement[] = role.Policies[0].PolicyDocument.Statement;

  test('has its definition in the template, to be read there, with a time-out for all of it', () => {
    expect(plain(JSON.parse(String(properties['DefinitionString'])))).toMatchObject({
      QueryLanguage: 'JSONata',
      StartAt: 'Begin',
      TimeoutSeconds: expect.any(Number),
    });
  });

  test('has a value for every placeholder, and for nothing else', () => {
    const placeholders = String(properties['DefinitionString']).matchAll(/\$\{(\w+)\}/g);
    const used = new Set([...placeholders].map(([, placeholder]) => placeholder));
    expect(new Set(Object.keys(plain(properties['DefinitionSubstitutions'])))).toEqual(used);
  });

  test('logs every event without its data, in which task tokens travel, and is traced', () => {
    expect(properties).toMatchObject({
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
    const [{ CloudWatchLogsLogGroup }] = plain(properties['LoggingConfiguration']).Destinations;
    expect(EVERYTHING.Resources[referredTo(CloudWatchLogsLogGroup.LogGroupArn) ?? '']?.Properties).toEqual({
      LogGroupName: `/aws/vendedlogs/states/eks-rebind-${name}`,
      RetentionInDays: 365,
    });
  });

  test('may invoke the functions that its definition names, each by its ARN, and no other', () => {
    const named = Object.values(plain(properties['DefinitionSubstitutions'])).flatMap((value) => {
      const id = referredTo(value) ?? '';
      return EVERYTHING.Resources[id]?.Type === 'AWS::Lambda::Function' ? [id] : [];
    });
    const invoking = statements.find(({ Sid }) => Sid === 'Invoke');
    expect(new Set([invoking?.Resource].flat().map(referredTo))).toEqual(new Set(named));
    expect(named.length).toBeGreaterThan(1);
  });

  test('may start executions only where its definition does', () => {
    const starting = statements.filter(({ Action }) => [Action].flat().includes('states:StartExecution'));
    expect(starting).toHaveLength(name === 'sweep' ? 1 : 0);
    for (const { Resource } of starting) expect(JSON.stringify(Resource)).toContain('stateMachine:eks-rebind-sweep');
  });
});
