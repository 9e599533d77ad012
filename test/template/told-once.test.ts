import { beforeAll, expect, test } from 'vitest';
import { OUTCOMES, REBIND_OUTCOMES } from '../../lib/core/shapes.ts';
import type { Simulation } from '../simulator/simulate.ts';
import { play } from './see.ts';
import { STORIES } from './tour.ts';

// Whatever happens, programs get one event of it and people one notification.

const inEvents = ({ aws }: Simulation) =>
  aws.events.events
    .filter(({ source }) => source === 'eks-rebind')
    .map(({ detail }) => {
      const { outcome, executionArn, entry } = Object(detail);
      return `${outcome.name} ${executionArn} ${entry.principalArn}`;
    });

const inMessages = ({ aws }: Simulation) =>
  aws.sns.messages.flatMap(({ message }) => {
    const [, outcome = ''] = /^(\w+): /.exec(message) ?? [];
    const [, principal] = /^Principal: (.+)$/m.exec(message) ?? [];
    const [, execution] = /^Execution: (.+)$/m.exec(message) ?? [];
    const isOutcome = OUTCOMES.some((name) => name === outcome);
    return isOutcome ? [`${outcome} ${execution} ${principal}`] : [];
  });

const ended = (world: Simulation) =>
  world
    .ran('rebind-entry')
    .flatMap(({ end, arn }) => (REBIND_OUTCOMES.some((name) => name === end) ? [`${end} ${arn}`] : []));

let worlds: readonly Simulation[] = [];
beforeAll(async () => {
  const played = [];
  for (const story of STORIES) played.push((await play(story)).world);
  worlds = played;
}, 120_000);

test('every outcome is one event and one notification', () => {
  const told = worlds.map((world) => inEvents(world).toSorted());
  expect(told.flat().length).toBeGreaterThan(10);
  expect(worlds.map((world) => inMessages(world).toSorted())).toEqual(told);
  expect(told.filter((lines) => new Set(lines).size < lines.length)).toEqual([]);
});

test('no rebind ends untold', () => {
  const untold = worlds.flatMap((world) => {
    const told = inEvents(world).map((line) => line.replace(/ \S+$/, ''));
    return ended(world).filter((one) => !told.includes(one));
  });
  expect(worlds.flatMap(ended).length).toBeGreaterThan(5);
  expect(untold).toEqual([]);
});
