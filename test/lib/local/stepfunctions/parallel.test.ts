import { describe, expect, test } from 'vitest';
import { machineWorld, named, task } from './machine-world.ts';

const branch = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });

describe('a Parallel', () => {
  test('gives each branch its arguments, and their outputs on in their order', async () => {
    const { run } = machineWorld();
    const { output, seconds } = await run(
      {
        P: {
          Type: 'Parallel',
          Arguments: { n: '{% $states.input * 2 %}' },
          Branches: [
            branch('Slow', { Type: 'Wait', Seconds: 10, Output: 'slow', End: true }),
            branch('Fast', { Type: 'Pass', Output: '{% $states.input.n %}', End: true }),
          ],
          End: true,
        },
      },
      4,
    );
    expect({ output, seconds }).toEqual({ output: ['slow', 8], seconds: 10 });
  });

  test('ends with its branches, each of which points at its own last event', async () => {
    const { run } = machineWorld();
    const pass = { Type: 'Pass', End: true };
    const { events } = await run({
      P: { Type: 'Parallel', Branches: [branch('A', pass), branch('B', pass)], End: true },
    });
    const links = events.map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`);
    expect(links).toEqual([
      '1<0 ExecutionStarted',
      '2<0 ParallelStateEntered',
      '3<2 ParallelStateStarted',
      '4<3 PassStateEntered',
      '5<3 PassStateEntered',
      '6<4 PassStateExited',
      '7<5 PassStateExited',
      '8<7 ParallelStateSucceeded',
      '9<7 ParallelStateExited',
      '10<9 ExecutionSucceeded',
    ]);
  });

  test('fails with its first branch that fails, and aborts the others', async () => {
    const { run } = machineWorld({
      functions: {
        f: () => {
          throw named('Bad');
        },
      },
    });
    const { error, types, events, seconds } = await run({
      P: {
        Type: 'Parallel',
        Branches: [branch('W', { Type: 'Wait', Seconds: 60, End: true }), branch('T', task('f'))],
        End: true,
      },
    });
    expect({ error, seconds }).toEqual({ error: 'Bad', seconds: 0 });
    expect(types.slice(-5)).toEqual([
      'LambdaFunctionFailed',
      'WaitStateAborted',
      'TaskStateAborted',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
    const failed = events.find(({ type }) => type === 'LambdaFunctionFailed')?.id;
    expect(events.find(({ type }) => type === 'ParallelStateFailed')?.previousEventId).toBe(failed);
  });

  test('runs all branches again on a retry, without telling of a failure in between', async () => {
    let calls = 0;
    const { run } = machineWorld({
      functions: {
        f: () => {
          calls++;
          if (calls === 1) throw named('Bad');
          return calls;
        },
      },
    });
    const { output, types } = await run({
      P: {
        Type: 'Parallel',
        Branches: [branch('A', { Type: 'Pass', Output: 'a', End: true }), branch('T', task('f'))],
        Retry: [{ ErrorEquals: ['Bad'] }],
        End: true,
      },
    });
    expect(output).toEqual(['a', 2]);
    expect(types.filter((type) => type === 'ParallelStateStarted')).toHaveLength(2);
    expect(types).not.toContain('ParallelStateFailed');
  });

  test('inside of another fails once, and is not aborted as well', async () => {
    const { run } = machineWorld();
    const inner = { Type: 'Parallel', Branches: [branch('F', { Type: 'Fail', Error: 'Bad' })], End: true };
    const { types } = await run({ P: { Type: 'Parallel', Branches: [branch('Q', inner)], End: true } });
    expect(types.slice(-3)).toEqual(['ParallelStateFailed', 'ParallelStateFailed', 'ExecutionFailed']);
    expect(types).not.toContain('ParallelStateAborted');
  });

  test('leaves nothing of an aborted branch running', async () => {
    const late: number[] = [];
    const world = machineWorld({
      functions: {
        fail: () => {
          throw named('Bad');
        },
        late: () => late.push(1),
      },
    });
    await world.run({
      P: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, Next: 'L' }, L: task('late') } },
          branch('T', task('fail')),
        ],
        End: true,
      },
    });
    await world.wait(120);
    expect(late).toEqual([]);
  });
});
