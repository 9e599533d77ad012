import { describe, expect, test } from 'vitest';
import { prunedDefinition } from '../../../lib/infra/pruned-definition.ts';

const task = (step: string, next: object) => ({ Type: 'Task', Resource: `\${${step}Arn}`, ...next });
const pass = (next: object) => ({ Type: 'Pass', ...next });
const choice = (...to: string[]) => ({
  Type: 'Choice',
  Choices: to.map((Next) => ({ Condition: `{% ${Next} %}`, Next })),
});
const end = { Type: 'Succeed' };
const caught = (to: string) => ({ ErrorEquals: [to], Next: to });
const map = (States: object) => ({
  Look: { Type: 'Map', ItemProcessor: { StartAt: 'Begin', States }, End: true },
});
const definition = (states: object) => ({ StartAt: 'Begin', States: { Begin: pass({ Next: 'Look' }), ...states } });
const pruned = (states: object, ...deployed: string[]) => prunedDefinition(definition(states), new Set(deployed));

test('stays as it is where every function is deployed', () => {
  const states = {
    Look: task('Look', { Next: 'Which' }),
    Which: choice('Act', 'Done'),
    Act: task('Act', { End: true }),
    Done: end,
  };
  expect(pruned(states, 'Look', 'Act')).toEqual(definition(states));
});

test('loses a Task whose function is not deployed, and the choice that leads to it', () => {
  const states = {
    Look: task('Look', { Next: 'Which' }),
    Which: choice('Act', 'Done'),
    Act: task('Act', { End: true }),
    Done: end,
  };
  expect(pruned(states, 'Look')).toEqual(
    definition({ Look: task('Look', { Next: 'Which' }), Which: choice('Done'), Done: end }),
  );
});

test('loses what only a lost Task led to, whatever that led to in turn', () => {
  const states = {
    Look: task('Look', { Next: 'Which' }),
    Which: choice('Act', 'Done'),
    Act: task('Act', { Next: 'Acted' }),
    Acted: choice('Verify', 'Done'),
    Verify: task('Verify', { Next: 'Done' }),
    Done: end,
  };
  expect(pruned(states, 'Look', 'Verify')).toEqual(
    definition({ Look: task('Look', { Next: 'Which' }), Which: choice('Done'), Done: end }),
  );
});

test('loses the waits and passes that lead to nothing else', () => {
  const states = {
    Look: task('Look', { Next: 'Which' }),
    Which: choice('Gather', 'Done'),
    Gather: { Type: 'Wait', Seconds: 30, Next: 'Note' },
    Note: pass({ Next: 'Ask' }),
    Ask: {
      Type: 'Task',
      Resource: 'arn:${Partition}:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: '${AskArn}' },
      Next: 'Look',
    },
    Done: end,
  };
  expect(pruned(states, 'Look')).toEqual(
    definition({ Look: task('Look', { Next: 'Which' }), Which: choice('Done'), Done: end }),
  );
});

test('loses a catch that leads to a lost Task, and keeps the others', () => {
  const states = (Catch: object) => ({ Look: task('Look', { Next: 'Done', ...Catch }), Done: end });
  const both = { ...states({ Catch: [caught('Repair'), caught('Done')] }), Repair: task('Repair', { End: true }) };
  expect(pruned(both, 'Look')).toEqual(definition(states({ Catch: [caught('Done')] })));
  const one = { ...states({ Catch: [caught('Repair')] }), Repair: task('Repair', { End: true }) };
  expect(pruned(one, 'Look')).toEqual(definition(states({})));
});

test('is pruned inside of a Map, too', () => {
  const states = map({ Begin: choice('Act', 'Done'), Act: task('Act', { End: true }), Done: end });
  expect(pruned(states)).toEqual(definition(map({ Begin: choice('Done'), Done: end })));
});

test('keeps integrations that call no function of ours', () => {
  const states = {
    Look: { Type: 'Task', Resource: 'arn:${Partition}:states:::states:startExecution.sync:2', End: true },
  };
  expect(pruned(states)).toEqual(definition(states));
});

describe('is refused where something would lead nowhere', () => {
  test('a Task that did its work and has nowhere to go on to', () => {
    const states = { Look: task('Look', { Next: 'Act' }), Act: task('Act', { End: true }) };
    expect(() => pruned(states, 'Look')).toThrow("state 'Look' goes on to 'Act', which isn't deployed");
  });

  test('a choice that has none left', () => {
    const states = { Look: choice('Act'), Act: task('Act', { End: true }) };
    expect(() => pruned(states)).toThrow("no choice is left of state 'Look'");
  });

  test('a default that would take what was to go to the lost Task', () => {
    const states = { Look: { ...choice('Act', 'Done'), Default: 'Done' }, Act: task('Act', { End: true }), Done: end };
    expect(() => pruned(states)).toThrow("state 'Look' has a default");
  });

  test('a definition that begins with the lost Task', () => {
    expect(() => pruned({ Look: task('Look', { End: true }) })).toThrow('nothing is left of the definition');
  });
});
