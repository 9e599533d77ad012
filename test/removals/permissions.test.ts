import { beforeAll, describe, expect, test } from 'vitest';
import { type Baseline, playAll, policyNameOf, TEMPLATE } from '../template/baseline.ts';
import { permissionsOf, type TemplatePermission } from '../template/permissions-of.ts';
import { play, type Seen } from '../template/see.ts';

// Each permission of the template is taken away in turn, and some story is seen to go another way.

const permissions = permissionsOf(TEMPLATE);

let played: Baseline[] = [];
beforeAll(async () => {
  played = await playAll();
}, 120_000);

/** The stories that may miss a permission: those that used it, or where nobody can say whose it is, all of them. */
function storiesUsing({ holder, action }: TemplatePermission): Baseline[] {
  const name = policyNameOf(holder);
  const using = played.filter(({ used }) =>
    used.some(
      (one) => one.action.toLowerCase() === action.toLowerCase() && (name === undefined || one.policy === name),
    ),
  );
  return using.length > 0 ? using : played;
}

/** A story with a changed template: what was seen of it, or the error that it ended with. */
async function playChanged({ story }: Baseline, { without }: TemplatePermission): Promise<Seen | string> {
  try {
    return (await play(story, { change: without })).seen;
  } catch (error) {
    return String(error);
  }
}

/** The first story that goes another way. */
async function firstToMiss(permission: TemplatePermission): Promise<string | undefined> {
  for (const baseline of storiesUsing(permission)) {
    const seen = await playChanged(baseline, permission);
    if (JSON.stringify(seen) !== JSON.stringify(baseline.seen)) return baseline.story.name;
  }
  return undefined;
}

test('a template that nothing was taken from tells the same stories', async () => {
  for (const { story, seen } of played) expect((await play(story, { change: structuredClone })).seen).toEqual(seen);
}, 120_000);

describe('without a permission some story goes another way', () => {
  const allowing = permissions.filter(({ effect }) => effect === 'Allow');

  test.each(allowing.map((permission) => [permission.title, permission] as const))(
    '%s',
    async (_, permission) => {
      expect(await firstToMiss(permission)).toBeDefined();
    },
    60_000,
  );
});
