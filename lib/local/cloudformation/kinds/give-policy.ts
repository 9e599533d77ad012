import type { ResourcePolicyStatement } from '../../deployment.ts';
import type { MessagingDraft } from '../draft.ts';
import { refuse } from '../template-error.ts';

/** Gives a policy to topics or queues of the template, by what `Ref` gives for them. Each has one: a second would replace it. */
export function givePolicy(
  policy: readonly ResourcePolicyStatement[],
  references: readonly string[],
  known: ReadonlyMap<string, MessagingDraft>,
  path: string,
): void {
  if (references.length === 0) refuse(path, 'expected whose policy it is');
  for (const reference of references) {
    const holder = known.get(reference) ?? refuse(path, `${reference} isn't in the template`);
    if (holder.policy) refuse(path, `${reference} has a policy already, of which only one would stand`);
    holder.policy = policy;
  }
}
