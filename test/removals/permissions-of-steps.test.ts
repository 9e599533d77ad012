import { beforeAll, describe, expect, test } from 'vitest';
import { type Baseline, playAll, TEMPLATE } from '../template/baseline.ts';
import { permissionsOf } from '../template/permissions-of.ts';
import { play } from '../template/see.ts';
import { firstToMiss } from './first-to-miss.ts';

// What each step asks of AWS is taken away in turn: its calls of EKS, IAM, DynamoDB and the rest.

const permissions = permissionsOf(TEMPLATE).filter(
  ({ effect, action }) => effect === 'Allow' && !/^(logs|xray|sts):/.test(action),
);

let played: Baseline[] = [];
beforeAll(async () => {
  played = await playAll();
}, 120_000);

test('a template that nothing was taken from tells the same stories', async () => {
  for (const { story, seen } of played) expect((await play(story, { change: structuredClone })).seen).toEqual(seen);
}, 120_000);

describe('without a permission some story goes another way', () => {
  test.each(permissions.map((permission) => [permission.title, permission] as const))(
    '%s',
    async (_, permission) => {
      expect(await firstToMiss(permission, played)).toBeDefined();
    },
    60_000,
  );
});
