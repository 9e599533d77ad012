import { expect, test } from 'vitest';
import { compileEventPattern } from '../../../lib/local/events/event-pattern.ts';
import { operationsTemplate } from './service-world.ts';

interface Failures {
  readonly EventPattern: object;
  readonly Targets: readonly {
    readonly Arn: object;
    readonly InputTransformer: { readonly InputPathsMap: Record<string, string>; readonly InputTemplate: string };
  }[];
}

function failures(region = 'us-east-1'): Failures {
  const found = operationsTemplate({ region }).findResources('AWS::Events::Rule');
  const rule = Object.values(found).find(({ Properties }) => Properties.Name === 'eks-rebind-failures');
  return rule?.['Properties'];
}

const MACHINE = 'arn:aws:states:us-east-1:111122223333:stateMachine:eks-rebind-rebind-entry';
const EXECUTION = 'arn:aws:states:us-east-1:111122223333:execution:eks-rebind-rebind-entry:prod.deployer.1';

/** The event of an execution's end (Step Functions developer guide, "Automating … with EventBridge"). */
const ended = (status: string, stateMachineArn = MACHINE) => ({
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  region: 'us-east-1',
  time: '2026-11-24T10:00:00Z',
  detail: { executionArn: EXECUTION, stateMachineArn, name: 'prod.deployer.1', status, input: '{}', output: null },
});

const tells = (event: object) => {
  const machines = ['role-changed', 'rebind-entry', 'sweep'].map((name) => MACHINE.replace('rebind-entry', name));
  const pattern = JSON.stringify(failures().EventPattern, (key, value: unknown) =>
    key === 'stateMachineArn' ? machines : value,
  );
  return compileEventPattern(pattern)(event);
};

test.each([
  ['FAILED', true],
  ['TIMED_OUT', true],
  ['ABORTED', true],
  ['SUCCEEDED', false],
  ['RUNNING', false],
  ['PENDING_REDRIVE', false],
])('of an execution that is %s, people are told: %s', (status, isTold) => {
  expect(tells(ended(status))).toBe(isTold);
});

test.each([
  ['of another kind', { ...ended('FAILED'), 'detail-type': 'Step Functions Map Run Status Change' }],
  ['that somebody else put on the bus', { ...ended('FAILED'), source: 'nightly' }],
])('an event %s is none of its business', (_, event) => {
  expect(tells(event)).toBe(false);
});

test('executions of other state machines are none of its business', () => {
  expect(tells(ended('FAILED', MACHINE.replace('rebind-entry', 'nightly')))).toBe(false);
});

test('all three state machines are watched', () => {
  expect(failures().EventPattern).toMatchObject({
    detail: {
      stateMachineArn: [/^RoleChanged/, /^RebindEntry/, /^Sweep/].map((id) => ({ Ref: expect.stringMatching(id) })),
    },
  });
});

/** What is published: the template's lines, with the event's values in the places of its paths. */
function messageOf(event: Record<string, unknown>, region?: string): string[] {
  const [target] = failures(region).Targets;
  const { InputPathsMap = {}, InputTemplate = '' } = target?.InputTransformer ?? {};
  const filled = InputTemplate.replaceAll(/<([\w-]+)>/g, (_, name: string) => {
    const path = (InputPathsMap[name] ?? '').replace('$.', '').split('.');
    return String(path.reduce<unknown>((value, part) => Object(value)[part], event));
  });
  return filled.split('\n').map((line): string => JSON.parse(line));
}

test('the message names the execution and how it ended, what to do, and where to look', () => {
  expect(messageOf(ended('FAILED'))).toEqual([
    'eks-rebind: the execution prod.deployer.1 is FAILED.',
    'If it was of rebind-entry, an access entry may be missing: see "Is access missing right now?" in docs/runbook.md.',
    'Else find its error there, mend the cause, then redrive it:',
    `aws stepfunctions redrive-execution --region us-east-1 --execution-arn ${EXECUTION}`,
    `https://us-east-1.console.aws.amazon.com/states/home?region=us-east-1#/v2/executions/details/${EXECUTION}`,
    `State machine: ${MACHINE}`,
    'Time: 2026-11-24T10:00:00Z',
  ]);
});

test('where the console has no known address, the message does without a link', () => {
  expect(messageOf(ended('FAILED'), 'us-iso-east-1').filter((line) => line.startsWith('https:'))).toEqual([]);
});

test('the notification topic gets it', () => {
  expect(failures().Targets).toMatchObject([{ Arn: { Ref: expect.stringMatching(/^Notifications/) } }]);
});
