import { describe, expect, test } from 'vitest';
import { machineWorld } from './machine-world.ts';

const inner = (name: string) => ({
  StartAt: `Set${name}`,
  States: {
    [`Set${name}`]: { Type: 'Pass', Assign: { mine: '{% $outer & $states.input %}' }, Next: `Get${name}` },
    [`Get${name}`]: { Type: 'Pass', Output: '{% $mine %}', End: true },
  },
});

describe('variables', () => {
  test('take effect after the state that assigns them', async () => {
    const { run } = machineWorld();
    const { output, events } = await run({
      A: { Type: 'Pass', Assign: { a: 1, b: [true] }, Next: 'B' },
      B: { Type: 'Pass', Assign: { a: '{% $a + 1 %}', b: '{% $a %}' }, Output: '{% $a %}', Next: 'C' },
      C: { Type: 'Pass', Output: '{% [$states.input, $a, $b] %}', End: true },
    });
    expect(output).toEqual([1, 2, 1]);
    expect(events[2]?.stateExitedEventDetails).toEqual({
      name: 'A',
      output: '{}',
      outputDetails: { truncated: false },
      assignedVariables: { a: '1', b: '[true]' },
      assignedVariablesDetails: { truncated: false },
    });
  });

  test('are seen by branches and iterations, each of which has its own beside them', async () => {
    const { run } = machineWorld();
    const { output } = await run(
      {
        A: { Type: 'Pass', Assign: { outer: 'o' }, Next: 'P' },
        P: {
          Type: 'Parallel',
          Branches: [inner('X'), inner('Y')],
          Assign: { fromBranches: '{% $states.result %}' },
          Next: 'M',
        },
        M: { Type: 'Map', Items: ['1', '2'], ItemProcessor: inner('Z'), Next: 'E' },
        E: { Type: 'Pass', Output: '{% [$states.input, $fromBranches, $exists($mine)] %}', End: true },
      },
      'in',
    );
    expect(output).toEqual(['o1', 'o2', 'oin', 'oin', false]);
  });

  test('of a catcher hold its error', async () => {
    const { run } = machineWorld();
    const { output } = await run({
      P: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Bad', Cause: 'luck' } } }],
        Catch: [
          {
            ErrorEquals: ['States.ALL'],
            Assign: { e: '{% $states.errorOutput.Error %}' },
            Output: 'caught',
            Next: 'E',
          },
        ],
        End: true,
      },
      E: { Type: 'Pass', Output: '{% [$states.input, $e] %}', End: true },
    });
    expect(output).toEqual(['caught', 'Bad']);
  });
});
