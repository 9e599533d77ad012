import { uniqueId } from '../../local/iam/unique-id.ts';
import type { Random } from '../../runtime.ts';
import type { WorldPlan } from './world-plan.ts';

/** When a role was deleted and made again, and how its new unique id is drawn. */
interface Recreation {
  readonly arn: string;
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly random: Random;
}

/** The same world, in which a role was deleted and made again: its entries still hold the id that it had. */
export function withRecreatedRole(plan: WorldPlan, { arn, at, random }: Recreation): WorldPlan {
  const earlier = plan.principals.find((principal) => principal.arn === arn);
  if (!earlier) throw new Error(`there is no principal ${arn} to make anew`);
  const later = { ...earlier, uniqueId: uniqueId('AROA', random), createDate: at };
  return {
    ...plan,
    principals: plan.principals.map((principal) => (principal === earlier ? later : principal)),
    entries: plan.entries.map((entry) =>
      entry.principalArn === arn ? { ...entry, boundId: earlier.uniqueId } : entry,
    ),
  };
}
