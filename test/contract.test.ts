import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Step } from '../handlers/shared/step.ts';
import { serviceDeployment } from '../lib/cli/stage/service-deployment.ts';
import { DEFAULT_NAME_PREFIX } from '../lib/infra/eks-rebind-props.ts';
import * as errors from '../lib/core/errors.ts';
import { GUARD_RULES } from '../lib/core/guard.ts';
import { OUTCOMES, REBIND_OUTCOMES } from '../lib/core/shapes.ts';
import { importsReachedFrom } from './import-graph.ts';
import { allStates, stateMachines } from './statemachines/asl.ts';

const ROOT = new URL('../', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');

const pascal = (stem: string) => stem.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
const kebab = (stem: string) => stem.replaceAll(/(?<!^)[A-Z]/g, '-$&').toLowerCase();

const stems = readdirSync(new URL('handlers', ROOT))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
const handlers = await Promise.all(
  stems.map(async (stem) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the first test below holds the modules to it
    const { step, handler } = (await import(`../handlers/${stem}.ts`)) as { step: Step; handler: unknown };
    return { stem, step, handler };
  }),
);
// What runs a function of ours; an integration of Step Functions' own has errors of its own.
const tasks = stateMachines
  .flatMap((machine) => allStates(machine))
  .filter(([, { Type, Resource = '' }]) => Type === 'Task' && !Resource.includes(':states:::'));

// Waits for people by an integration: its time-out is theirs, and is caught.
const waiting = stateMachines
  .flatMap((machine) => allStates(machine))
  .filter(([, { Resource = '' }]) => Resource.endsWith(':states:::lambda:invoke.waitForTaskToken'));

// Answers people, behind a function URL.
const BY_PEOPLE = ['AnswerApproval'];

// Run by CloudFormation.
const BY_THE_STACK = ['CheckUninstall'];

// Run by a schedule or a rule, not by a state machine.
const SCHEDULED = ['SendHeartbeat', 'HearHeartbeat'];

// What Lambda itself may answer, and AWS recommends to try again (Step Functions developer guide, "Lambda service exceptions").
const LAMBDA_ERRORS = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'States.Timeout',
  'Runtime.ExitError',
];

const named = Object.values(errors)
  .filter((ErrorClass) => ErrorClass !== errors.AppError)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all but the abstract base were filtered out
  .map((ErrorClass) => new (ErrorClass as typeof errors.InvalidInput)('').valueOf() as errors.AppError);
const retryable = named.filter(({ remedy }) => remedy === 'retry').map(({ name }) => name);

const registry = textOf('lib/aws/port-registry.ts');

/** The file of the adapter that the registry makes a port with. */
function adapterOf(port: string): string[] {
  const registration = registry.split(/\n {2}(?=\w+: \{)/).find((part) => part.startsWith(`${port}: {`));
  const factory = /make: (?:\(.*\) => )?(\w+)/.exec(registration ?? '')?.[1];
  const file = new RegExp(`\\b${factory}\\b[^;]*from '\\./([\\w-]+\\.ts)'`).exec(registry)?.[1];
  return file ? [`lib/aws/${file}`] : [];
}

/** The retryable errors that a step can meet: those made anywhere in what its use case and its ports' adapters import. */
function canMeet({ stem, step }: (typeof handlers)[number]): string[] {
  const files = [`lib/core/${stem}.ts`, ...step.uses.flatMap(adapterOf)];
  const reached = new Set(files.flatMap((file) => [file, ...importsReachedFrom(file)]));
  const sources = [...reached].map(textOf).join('\n');
  return retryable.filter((name) => sources.includes(`new ${name}(`));
}

function endsOf(file: string): string[] {
  const machine = stateMachines.find((one) => one.file === file);
  return Object.entries(machine?.States ?? {}).flatMap(([name, { Type }]) => (Type === 'Succeed' ? [name] : []));
}

describe('one stem, everywhere', () => {
  test.each(handlers)('handlers/$stem.ts exports a step of that name and its handler', ({ stem, step, handler }) => {
    expect(step.name).toBe(pascal(stem));
    expect(handler).toBeTypeOf('function');
  });

  test.each(tasks)('state %s runs the handler and the placeholder of its name', (name, { Resource }) => {
    expect(stems).toContain(kebab(name));
    expect(Resource).toBe(`\${${name}Arn}`);
  });

  test('every handler is a state of a state machine, or scheduled', () => {
    const used = [
      ...tasks.map(([name]) => name),
      ...waiting.map(([name]) => name),
      ...BY_PEOPLE,
      ...BY_THE_STACK,
      ...SCHEDULED,
    ];
    expect(used.toSorted()).toEqual(handlers.map(({ step }) => step.name).toSorted());
  });

  test('every handler and every state machine is deployed, with nothing left to fill in', () => {
    const where = { accountId: '111122223333', partition: 'aws', region: 'us-east-1' };
    // With somebody to ask: else nothing that asks is deployed.
    const environment = { EKS_REBIND_APPROVERS: 'arn:aws:iam::111122223333:role/approvers' };
    const { functions, stateMachines: deployed } = serviceDeployment({ ...where, environment, ports: {} });
    const names = handlers.map(({ step }) => `${DEFAULT_NAME_PREFIX}${step.name}`);
    expect(new Set(Object.keys(functions))).toEqual(new Set(names));
    const machines = stateMachines.map(({ file }) => `${DEFAULT_NAME_PREFIX}${file.slice(0, -'.asl.json'.length)}`);
    expect(new Set(Object.keys(deployed))).toEqual(new Set(machines));
    expect(Object.values(deployed).filter(({ definition }) => definition.includes('${'))).toEqual([]);
  });

  test('every step has a use case of its name in lib/core', () => {
    expect(readdirSync(new URL('lib/core', ROOT))).toEqual(expect.arrayContaining(stems.map((stem) => `${stem}.ts`)));
  });
});

describe('retries', () => {
  test.each(tasks)(
    "state %s tries again what its step can meet and Lambda's own errors, and nothing else",
    (name, task) => {
      const handler = handlers.find(({ step }) => step.name === name);
      const listed = (task.Retry ?? []).flatMap(({ ErrorEquals }) => ErrorEquals);
      expect(listed.toSorted()).toEqual([...LAMBDA_ERRORS, ...(handler ? canMeet(handler) : [])].toSorted());
    },
  );

  test.each(waiting)('state %s waits for people by its own function', (name, task) => {
    expect(task.Arguments).toMatchObject({
      FunctionName: `\${${name}Arn}`,
      Payload: { taskToken: '{% $states.context.Task.Token %}' },
    });
    const handler = handlers.find(({ step }) => step.name === name);
    const listed = (task.Retry ?? []).flatMap(({ ErrorEquals }) => ErrorEquals);
    const functions = LAMBDA_ERRORS.filter((error) => error !== 'States.Timeout');
    expect(listed.toSorted()).toEqual([...functions, ...(handler ? canMeet(handler) : [])].toSorted());
  });

  test('lag is waited for longer than the two minutes after which Terraform gives up', () => {
    const lagging = tasks
      .flatMap(([, { Retry = [] }]) => Retry)
      .filter(({ ErrorEquals }) => ErrorEquals.includes('PrincipalNotPropagated'));
    for (const { IntervalSeconds = 1, BackoffRate = 2, MaxAttempts = 3, MaxDelaySeconds = Infinity } of lagging) {
      const waits = Array.from({ length: MaxAttempts }, (_, n) => IntervalSeconds * BackoffRate ** n);
      const seconds = waits.map((wait) => Math.min(wait, MaxDelaySeconds)).reduce((sum, wait) => sum + wait, 0);
      expect(seconds).toBeGreaterThan(2 * 120 * 0.99);
      expect(seconds).toBeLessThan(360);
    }
    expect(lagging.length).toBeGreaterThan(0);
  });
});

describe('ends', () => {
  test('every outcome of rebind-entry is a Succeed state of its name', () => {
    expect(endsOf('rebind-entry.asl.json').toSorted()).toEqual([...REBIND_OUTCOMES].toSorted());
  });

  test('every end of role-changed answers with its own name', () => {
    const states = stateMachines.find(({ file }) => file === 'role-changed.asl.json')?.States ?? {};
    const ends = endsOf('role-changed.asl.json');
    expect(ends).toContain('NothingToDo');
    for (const name of ends) expect(states[name]?.Output).toMatchObject({ schemaVersion: 1, name });
  });
});

describe('ends of sweep', () => {
  test.each(endsOf('sweep.asl.json'))('%s answers with its own name, and is in the runbook', (name) => {
    const states = stateMachines.find(({ file }) => file === 'sweep.asl.json')?.States ?? {};
    expect(states[name]?.Output).toMatchObject({ schemaVersion: 1, name });
    expect(textOf('docs/runbook.md')).toContain(`\n## ${name}\n`);
  });
});

describe('runbook', () => {
  const headings = [...textOf('docs/runbook.md').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading);

  test.each(named.map(({ name }) => name))('has an entry for the error %s', (name) => {
    expect(headings).toContain(name);
  });

  test.each([
    ...OUTCOMES,
    'NothingToDo',
    'DeletionNoted',
    'PrincipalReturned',
    'PrincipalGone',
    'RebindsStarted',
    'NeedsRedrive',
  ])('has an entry for the end %s', (name) => {
    expect(headings).toContain(name);
  });

  test.each([...GUARD_RULES])('has an entry for the rule %s', (name) => {
    expect(headings).toContain(name);
  });

  test('has the entry that a refused uninstall names', () => {
    const [, heading] = /docs\/runbook\.md, (\w+)/.exec(textOf('lib/core/check-uninstall.ts')) ?? [];
    expect(headings).toContain(heading);
  });

  test('tells of every other reason that an outcome can give', () => {
    const files = readdirSync(new URL('lib/core', ROOT)).filter((file) => file.endsWith('.ts'));
    const sources = files.map((file) => textOf(`lib/core/${file}`)).join('\n');
    const reasons = sources.matchAll(/(?:because\(|leaveGone\(\w+,|rule:)\s*'([A-Z][A-Za-z]+)'/g);
    const missing = [...reasons].filter(
      ([, name = '']) => !headings.includes(name) && !textOf('docs/runbook.md').includes(`\`${name}\``),
    );
    expect(missing.map(([, name]) => name)).toEqual([]);
  });
});
