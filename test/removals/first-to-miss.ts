import { type Baseline, policyNameOf } from '../template/baseline.ts';
import type { TemplatePermission } from '../template/permissions-of.ts';
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
export async function firstToMiss(
  permission: TemplatePermission,
  played: readonly Baseline[],
): Promise<string | undefined> {
  for (const baseline of storiesUsing(permission, played)) {
    const seen = await playChanged(baseline, permission);
    if (JSON.stringify(seen) !== JSON.stringify(baseline.seen)) return baseline.story.name;
  }
  return undefined;
}
