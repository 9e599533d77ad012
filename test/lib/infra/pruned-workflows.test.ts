import validate from 'asl-validator';
import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { STEPS } from '../../../handlers/shared/steps.ts';
import { deployedSteps } from '../../../lib/infra/deployed-steps.ts';
import { prunedDefinition } from '../../../lib/infra/pruned-definition.ts';
import { allStates, type StateMachine, stateMachines } from '../../statemachines/asl.ts';
import { wrongVariables } from '../../statemachines/variables.ts';

type Settings = Parameters<typeof deployedSteps>[0];

const approvers = ['arn:aws:iam::111122223333:role/oncall'];
const CONFIGURATIONS: [string, Settings][] = [
  ['by default', { mode: 'rebind', adminEntries: 'ask', approvers: [] }],
  ['with administrators rebound unasked', { mode: 'rebind', adminEntries: 'rebind', approvers: [] }],
  ['with approvers', { mode: 'ask', adminEntries: 'ask', approvers }],
  ['in report mode', { mode: 'report', adminEntries: 'rebind', approvers }],
];

const namesOf = (settings: Settings) => new Set(deployedSteps(settings).map(({ name }) => name));

function pruned(machine: StateMachine, settings: Settings): StateMachine {
  const { file, text: _, ...definition } = machine;
  const left = prunedDefinition(definition, namesOf(settings));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is left of a state machine is one
  return { ...(left as StateMachine), file, text: JSON.stringify(left) };
}

/** Whether a choice's condition holds where these variables are assigned. */
const holds = (condition: string, variables: object): Promise<unknown> =>
  jsonata(condition.replaceAll(/^\{%|%\}$/g, '')).evaluate({}, { ...variables });

const cases = CONFIGURATIONS.flatMap(([name, settings]) =>
  stateMachines.map((machine) => ({ name, settings, machine, file: machine.file })),
);

describe.each(cases)('$file $name', ({ settings, machine }) => {
  const left = pruned(machine, settings);
  const deployed = namesOf(settings);

  test('names no function that isn’t deployed', () => {
    const named = [...left.text.matchAll(/\$\{(\w+)Arn\}/g)].map(([, name]) => name);
    const steps = STEPS.map(({ name }) => name);
    expect(named.filter((name = '') => steps.includes(name) && !deployed.has(name))).toEqual([]);
  });

  test('is a state machine still, whose every state is reached and leads somewhere', () => {
    expect(validate(JSON.parse(left.text.replaceAll('${Partition}', 'aws'))).errors).toEqual([]);
    expect(wrongVariables(left)).toEqual([]);
  });

  test('lost the Tasks of functions that aren’t deployed, and keeps all the others that are still reached', () => {
    const lost = allStates(machine)
      .filter(([name]) => !allStates(left).some(([other]) => other === name))
      .filter(([, { Type }]) => Type === 'Task')
      .map(([name]) => name);
    expect(lost.filter((name) => deployed.has(name))).toEqual([]);
  });
});

describe('what was to go to a step that isn’t deployed goes nowhere else', () => {
  const lost = cases.flatMap(({ name, settings, machine }) => {
    const left = new Map(allStates(pruned(machine, settings)));
    return allStates(machine).flatMap(([state, { Choices = [] }]) => {
      const kept = left.get(state)?.Choices;
      const gone = kept && Choices.filter(({ Next }) => !kept.some((choice) => choice.Next === Next));
      return (gone ?? []).map(({ Condition }) => ({ name, state, Condition, kept: kept ?? [] }));
    });
  });

  // What the steps before these choices answer with.
  const answers = ['continue', 'wait', 'ask', 'end', 'inspect-again'].flatMap((next) =>
    [true, false].map((admin) => ({ next, admin })),
  );

  test('there are such choices', () => {
    expect(new Set(lost.map(({ state }) => state))).toEqual(new Set(['Inspected', 'Created']));
  });

  test.each(lost)('$name, of $state: $Condition', async ({ Condition, kept }) => {
    let held = 0;
    for (const variables of answers) {
      if (!(await holds(Condition, variables))) continue;
      held += 1;
      const others = await Promise.all(kept.map(({ Condition: other }) => holds(other, variables)));
      expect(others).not.toContain(true);
    }
    expect(held).toBeGreaterThan(0);
  });
});
