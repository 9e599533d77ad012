import { expect, test } from 'vitest';
import { play } from '../template/see.ts';
import { isOfPlatform, testEachMissed } from './each-missed.ts';

// What each step asks of AWS is taken away in turn: its calls of EKS, IAM, DynamoDB and the rest.
const played = testEachMissed((action) => !isOfPlatform(action));

test('a template that nothing was taken from tells the same stories', async () => {
  for (const { story, seen } of played()) expect((await play(story, { change: structuredClone })).seen).toEqual(seen);
}, 120_000);
