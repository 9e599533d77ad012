import { describe, expect, test } from 'vitest';
import { functionArn, machine, refusals, task } from './machine-world.ts';

const schema = (message: string, location: string) => [`SCHEMA_VALIDATION_FAILED: ${message} at ${location}`];
const one = (state: object) => machine({ A: state });
const pass = { Type: 'Pass', End: true };

const call = (resource: string) =>
  one({ Type: 'Task', Resource: `arn:aws:states:::sns:publish${resource}`, End: true });

describe('a definition is accepted', () => {
  test.each([
    [
      'with every state',
      machine(
        {
          A: { Type: 'Pass', Comment: 'c', Assign: { v: 1 }, Next: 'B' },
          B: { Type: 'Choice', Choices: [{ Condition: '{% $v = 1 %}', Next: 'C' }], Default: 'F' },
          C: { Type: 'Parallel', Branches: [{ StartAt: 'X', States: { X: pass } }], Next: 'D' },
          D: {
            Type: 'Map',
            ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, StartAt: 'Y', States: { Y: pass } },
            Next: 'E',
          },
          E: { Type: 'Wait', Seconds: 1, Next: 'T' },
          T: task('f', {
            Retry: [{ ErrorEquals: ['E'] }],
            Catch: [{ ErrorEquals: ['States.ALL'], Next: 'F' }],
            Next: 'S',
          }),
          S: { Type: 'Succeed' },
          F: { Type: 'Fail' },
        },
        { Comment: 'c', Version: '1.0', TimeoutSeconds: 60 },
      ),
    ],
    ['that calls a service handed in', one({ Type: 'Task', Resource: 'arn:aws-cn:states:::sns:publish', End: true })],
    ['with a variable that is defined nowhere, as by AWS', one({ ...pass, Output: '{% $nowhere %}' })],
  ])('%s', (_, definition) => {
    expect(refusals(definition)).toEqual([]);
  });
});

describe('a definition is refused by name', () => {
  test.each([
    ['without anything', {}, schema('These fields are required: [States, StartAt]', '/')],
    [
      'of the JSONPath dialect',
      { StartAt: 'A', States: { A: pass } },
      schema(
        `The local AWS emulates the JSONata dialect only, not "JSONPath": set 'QueryLanguage' to 'JSONata'`,
        '/QueryLanguage',
      ),
    ],
    [
      'with a state of the JSONPath dialect',
      one({ ...pass, QueryLanguage: 'JSONPath' }),
      schema("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", '/States/A'),
    ],
    [
      'with a field of the JSONPath dialect',
      one({ ...pass, ResultPath: '$.x' }),
      schema(
        "The QueryLanguage is set to 'JSONata', but field 'ResultPath' is only supported for the 'JSONPath' QueryLanguage",
        '/States/A',
      ),
    ],
    [
      'with a field that its state has not',
      one({ ...pass, Catch: [] }),
      schema("Field 'Catch' is not supported", '/States/A'),
    ],
    ['with a field that no machine has', machine({ A: pass }, { Foo: 1 }), schema("Field 'Foo' is not supported", '/')],
    [
      'with an unknown type of state',
      one({ Type: 'Loop', End: true }),
      schema('Type "Loop" is not supported', '/States/A'),
    ],
    [
      'with an activity',
      one({ Type: 'Task', Resource: 'arn:aws:states:us-east-1:111122223333:activity:a', End: true }),
      schema(
        "The local AWS does not emulate the resource 'arn:aws:states:us-east-1:111122223333:activity:a'",
        '/States/A/Resource',
      ),
    ],
    [
      'with a resource that is none',
      one({ Type: 'Task', Resource: 'arn:aws:s3:::bucket', End: true }),
      schema(
        'The resource provided arn:aws:s3:::bucket is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.',
        '/States/A/Resource',
      ),
    ],
    [
      'with a service that is not there',
      one({ Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true }),
      schema("The local AWS does not emulate the resource 'arn:aws:states:::sqs:sendMessage'", '/States/A/Resource'),
    ],
    [
      'with a pattern that is not there',
      one({
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.sync',
        Arguments: { FunctionName: 'f' },
        End: true,
      }),
      schema("The local AWS does not emulate the resource 'arn:aws:states:::lambda:invoke.sync'", '/States/A/Resource'),
    ],
    [
      'with an unknown argument of lambda:invoke',
      one({
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: 'f', LogType: 'Tail' },
        End: true,
      }),
      schema("The field 'LogType' is not supported by Step Functions", '/States/A/Arguments'),
    ],
    [
      'with a DISTRIBUTED Map',
      one({
        Type: 'Map',
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'X', States: { X: pass } },
        End: true,
      }),
      schema(
        "The local AWS does not emulate a Map of mode 'DISTRIBUTED'",
        '/States/A/ItemProcessor/ProcessorConfig/Mode',
      ),
    ],
    [
      'with an ItemReader',
      one({ Type: 'Map', ItemReader: {}, ItemProcessor: { StartAt: 'X', States: { X: pass } }, End: true }),
      schema("The local AWS does not emulate the field 'ItemReader' of a Map", '/States/A'),
    ],
    [
      'with credentials without a role',
      one(task('f', { Credentials: { Foo: 1 }, End: true })),
      schema("The field 'RoleArn' is required but was missing", '/States/A/Credentials'),
    ],
    [
      'with a heartbeat as long as the time-out',
      one(task('f', { TimeoutSeconds: 5, HeartbeatSeconds: 5, End: true })),
      schema("'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'", '/States/A/HeartbeatSeconds'),
    ],
    [
      'with a moment that is none',
      one({ Type: 'Wait', Timestamp: '2016-13-05T21:29:29Z', End: true }),
      schema('String does not match RFC3339 timestamp', '/States/A/Timestamp'),
    ],
    [
      'with States.ALL before another retrier',
      one(task('f', { Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }], End: true })),
      schema("'States.ALL' must be in the last entry", '/States/A/Retry[0]/ErrorEquals'),
    ],
    [
      'with States.ALL beside another error',
      one(task('f', { Retry: [{ ErrorEquals: ['States.ALL', 'E'] }], End: true })),
      schema("'States.ALL' must be the only error name", '/States/A/Retry[0]/ErrorEquals'),
    ],
    [
      'that assigns to states',
      one({ ...pass, Assign: { states: 1 } }),
      schema("Variable name 'states' is reserved", '/States/A/Assign/states'),
    ],
    [
      'that assigns an outer variable inside of a branch',
      one({
        Type: 'Parallel',
        Branches: [{ StartAt: 'X', States: { X: { ...pass, Assign: { v: 1 } } } }],
        Assign: { v: 2 },
        End: true,
      }),
      schema(
        "Variable 'v' is assigned in an outer scope and can only be read here",
        '/States/A/Branches[0]/States/X/Assign/v',
      ),
    ],
    [
      'with an expression that does not parse',
      one({ ...pass, Output: { a: ['{% 1 + %}'] } }),
      ['INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/A/Output/a[0]'],
    ],
    [
      'with a name read from nowhere',
      one({ ...pass, Output: '{% $states.input.a[b = 1] & phone.home %}' }),
      ["UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported. at /States/A/Output"],
    ],
    [
      'with an error output outside of a Catch',
      one({ ...pass, Output: '{% $states.errorOutput %}' }),
      [
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$states.errorOutput' outside of a Catch is not supported. at /States/A/Output",
      ],
    ],
    [
      'with a target that is not there, and a state that is not reached',
      machine({ pass1: { Type: 'Pass', Next: 'pass3' }, pass2: pass }),
      [
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: pass3 at /States/pass1/Next",
        'MISSING_TRANSITION_TARGET: State "pass2" is not reachable. at /States/pass2',
      ],
    ],
    [
      'with a start that is not there',
      { QueryLanguage: 'JSONata', StartAt: 'X', States: { A: pass } },
      [
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /StartAt",
        'MISSING_TRANSITION_TARGET: State "A" is not reachable. at /States/A',
      ],
    ],
    [
      'without an end',
      machine({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } }),
      ['MISSING_END_STATE: Workflow has no terminal state at undefined'],
    ],
    [
      'with neither Next nor End',
      machine({ A: { Type: 'Pass' }, B: pass }),
      [
        ...schema("The field 'Next' is required but was missing", '/States/A'),
        'MISSING_TRANSITION_TARGET: State "B" is not reachable. at /States/B',
      ],
    ],
  ])('%s', (_, definition, expected) => {
    expect(refusals(definition)).toEqual(expected);
  });

  test('that is not JSON, with the place', () => {
    const where = '[Source: (String)"{\n "a" 1}"; line: 2, column: 6]';
    const problem = "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value";
    expect(refusals('{\n "a" 1}')).toEqual([`INVALID_JSON_DESCRIPTION: ${problem}\n at ${where} at ${where}`]);
  });

  test('of an Express machine that waits for what it calls', () => {
    expect(refusals(call('.sync'), 'EXPRESS')).toEqual(
      schema("Express state machine does not support '.sync' service integration", '/States/A/Resource'),
    );
    expect(refusals(call(''), 'EXPRESS')).toEqual([]);
  });

  test('in a branch and in a processor, too', () => {
    const bad = { StartAt: 'X', States: { X: { Type: 'Pass', Foo: 1, End: true } } };
    expect(
      refusals(
        machine({
          P: { Type: 'Parallel', Branches: [bad], Next: 'M' },
          M: { Type: 'Map', ItemProcessor: bad, End: true },
        }),
      ),
    ).toEqual([
      ...schema("Field 'Foo' is not supported", '/States/P/Branches[0]/States/X'),
      ...schema("Field 'Foo' is not supported", '/States/M/ItemProcessor/States/X'),
    ]);
  });

  test('for each field of the JSONPath dialect', () => {
    const fields = ['InputPath', 'OutputPath', 'Parameters', 'ResultSelector', 'TimeoutSecondsPath'];
    for (const field of fields) {
      const definition = one({ Type: 'Task', Resource: functionArn('f'), [field]: '$', End: true });
      expect(refusals(definition)[0]).toContain(`field '${field}' is only supported for the 'JSONPath'`);
    }
  });
});
