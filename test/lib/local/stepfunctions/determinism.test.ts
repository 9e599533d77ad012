import { expect, test } from 'vitest';
import { machine, machineWorld, named, task } from './machine-world.ts';

const states = {
  M: {
    Type: 'Map',
    Items: '{% $shuffle([1..20]) %}',
    MaxConcurrency: 3,
    ItemProcessor: {
      StartAt: 'T',
      States: {
        T: task('flaky', {
          Arguments: { n: '{% $states.input %}', id: '{% $uuid() %}', chance: '{% $random() %}' },
          Retry: [{ ErrorEquals: ['Flaky'], JitterStrategy: 'FULL', MaxAttempts: 20 }],
          End: true,
        }),
      },
    },
    End: true,
  },
};

/** Everything that three executions, started together, leave behind. */
async function traces(seed: number): Promise<string> {
  const world = machineWorld({
    seed,
    functions: {
      flaky: async (event) => {
        await world.clock.pause(world.world.random() * 1000);
        if (world.world.random() < 0.3) throw named('Flaky');
        return event;
      },
    },
  });
  const arn = world.create(machine(states));
  const executions = [1, 2, 3].map((n) => world.start(arn, n));
  await world.clock.run(() => Promise.all(executions.map(world.ended)));
  return JSON.stringify([executions, executions.map(world.history), executions.map(world.result), world.changes]);
}

test('the same seed replays the same executions, another seed does not', async () => {
  const first = await traces(1);
  expect(first).toContain('Flaky');
  expect(await traces(1)).toBe(first);
  expect(await traces(2)).not.toBe(first);
});
