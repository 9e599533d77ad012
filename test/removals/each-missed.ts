import { beforeAll, describe, expect, test } from 'vitest';
import { type Baseline, playAll, policyNameOf, TEMPLATE } from '../template/baseline.ts';
import { permissionsOf, type TemplatePermission } from '../template/permissions-of.ts';
import { play, type Seen } from '../template/see.ts';

/** The stories that may miss a permission: those that used it, or where nobody can say whose it is, all of them. */
function storiesUsing({ holder, action }: TemplatePermission, played: readonly Baseline[]): readonly Baseline[] {
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

/** The first story that goes another way without a permission. */
async function firstToMiss(permission: TemplatePermission, played: readonly Baseline[]): Promise<string | undefined> {
  for (const baseline of storiesUsing(permission, played)) {
    const seen = await playChanged(baseline, permission);
    if (JSON.stringify(seen) !== JSON.stringify(baseline.seen)) return baseline.story.name;
  }
  return undefined;
}

/** Tests that each allowed action of these is missed by some story; gives back the stories as they go with all of them. */
export function testEachMissed(isMeant: (action: string) => boolean): () => readonly Baseline[] {
  const permissions = permissionsOf(TEMPLATE).filter(({ effect, action }) => effect === 'Allow' && isMeant(action));
  let played: readonly Baseline[] = [];
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
  return () => played;
}

/** What AWS needs to run the service, whatever its steps do: to log, to trace, and to become its roles. */
export const isOfPlatform = (action: string): boolean => /^(logs|xray|sts):/.test(action);
