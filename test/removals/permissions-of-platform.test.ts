import { beforeAll, describe, expect, test } from 'vitest';
import { type Baseline, playAll, TEMPLATE } from '../template/baseline.ts';
import { permissionsOf } from '../template/permissions-of.ts';

import { firstToMiss } from './first-to-miss.ts';

// What AWS needs to run the service is taken away in turn: to log, to trace, and to become its roles.

const permissions = permissionsOf(TEMPLATE).filter(
  ({ effect, action }) => effect === 'Allow' && /^(logs|xray|sts):/.test(action),
);

let played: Baseline[] = [];
beforeAll(async () => {
  played = await playAll();
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
