import { getLanguageService, TextDocument } from 'amazon-states-language-service';
import validate from 'asl-validator';
import { describe, expect, test } from 'vitest';
import { allStates, expressionsOf, type Scope, stateMachines } from './asl.ts';
import { wrongVariables } from './variables.ts';

const CATCHING: Readonly<Record<string, string[][]>> = {
  // An answer that comes too early or too late is in the ledger, where InspectEntry finds it.
  'rebind-entry.asl.json': [['AskForApproval', 'States.Timeout', 'AlreadyAnswered']],
  'role-changed.asl.json': [['FindEntries', 'States.ALL']],
  'sweep.asl.json': [['SweepOnePlace', 'States.ALL']],
};

describe.each(stateMachines)('$file', (machine) => {
  const states = allStates(machine);
  const tasks = states.filter(([, { Type }]) => Type === 'Task');

  test('passes asl-validator', () => {
    expect(validate(JSON.parse(machine.text.replaceAll('${Partition}', 'aws'))).errors).toEqual([]);
  });

  test("passes AWS's own language service", async () => {
    const service = getLanguageService({});
    const document = TextDocument.create(`file:///${machine.file}`, 'asl', 1, machine.text);
    const found = await service.doValidation(document, service.parseJSONDocument(document));
    expect(found.map(({ message }) => message)).toEqual([]);
  });

  test('reads no variable that is not assigned, and reaches every state', () => {
    expect(wrongVariables(machine)).toEqual([]);
  });

  test('is in JSONata only', () => {
    expect(machine.QueryLanguage).toBe('JSONata');
    expect(machine.text).not.toMatch(/"(InputPath|OutputPath|ResultPath|ResultSelector|Parameters|Variable)"|\.\$"/);
  });

  test('reads its input in states that begin something, and variables everywhere else', () => {
    const readers = states.filter(([, state]) => expressionsOf(state).some((text) => text.includes('$states.input')));
    expect(readers.filter(([name, { Type }]) => Type !== 'Pass' || !name.startsWith('Begin'))).toEqual([]);
  });

  test('begins with Begin, and has an end to its patience', () => {
    expect(machine.StartAt).toBe('Begin');
    expect(machine.States['Begin']?.Type).toBe('Pass');
    expect(machine.TimeoutSeconds).toBeGreaterThan(0);
    expect(tasks.filter(([, { TimeoutSeconds }]) => !TimeoutSeconds)).toEqual([]);
    const heartless = tasks.filter(([, one]) => (one.HeartbeatSeconds ?? 0) >= (one.TimeoutSeconds ?? 0));
    expect(heartless).toEqual([]);
  });

  test('says in words what each state is for', () => {
    expect(machine.Comment).toBeTruthy();
    expect(states.filter(([, { Comment }]) => !Comment)).toEqual([]);
  });

  test('retries by name, and catches only so that the other regions go on', () => {
    const retried = states.flatMap(([, { Retry = [] }]) => Retry.flatMap(({ ErrorEquals }) => ErrorEquals));
    expect(retried).not.toContain('States.ALL');
    expect(retried).not.toContain('States.TaskFailed');
    const catching = states.flatMap(([name, { Catch = [] }]) => Catch.map(({ ErrorEquals }) => [name, ...ErrorEquals]));
    expect(catching).toEqual(CATCHING[machine.file] ?? []);
  });

  test('bounds every retry', () => {
    const retries = states.flatMap(([, { Retry = [] }]) => Retry);
    expect(retries.every(({ MaxAttempts = 3 }) => MaxAttempts <= 10)).toBe(true);
  });

  test('has no Fail state: what fails is a Task, so that a redrive takes up there', () => {
    expect(states.filter(([, { Type }]) => Type === 'Fail')).toEqual([]);
  });
});

const scope = (states: Scope['States']): Scope => ({ StartAt: 'One', States: states });

describe('the check of variables', () => {
  test('sees one that is assigned on one way only', () => {
    const found = wrongVariables(
      scope({
        One: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'Two' }], Default: 'Three' },
        Two: { Type: 'Pass', Assign: { a: 1 }, Next: 'Three' },
        Three: { Type: 'Succeed', Output: '{% $a %}' },
      }),
    );
    expect(found).toEqual(['Three reads $a, which is not assigned on every way to it']);
  });

  test('sees a function that is none', () => {
    const found = wrongVariables(scope({ One: { Type: 'Succeed', Output: '{% $eval("1") %}' } }));
    expect(found).toEqual(['One reads $eval, which is not assigned on every way to it']);
  });

  test("takes an expression's own variables for what they are", () => {
    const own = '{% ($b := 2; $map([1], function($c) { $b + $c })) %}';
    expect(wrongVariables(scope({ One: { Type: 'Succeed', Output: own } }))).toEqual([]);
  });
});
