import type { ResourcePolicyStatement } from '../deployment.ts';
import { type AccessRequest, applies, type Evaluation } from './evaluate-statements.ts';
import type { Identity, ServiceIdentity } from './permissions.ts';

/** What a resource's policy says of a request. */
export interface ResourceEvaluation extends Evaluation {
  /** It lets the whole account in, whose own policies then decide who of it. */
  readonly isDelegated: boolean;
}

type Naming = 'names' | 'delegates' | 'no';

/** How a statement's principals mean somebody (IAM user guide, "AWS JSON policy elements: Principal"). */
function namingOf({ principals }: ResourcePolicyStatement, who: Identity | ServiceIdentity): Naming {
  const named = principals['AWS'] ?? [];
  if (named.includes('*')) return 'names';
  if ('service' in who) return principals['Service']?.includes(who.service) ? 'names' : 'no';
  if (named.some((one) => one === who.arn || one === who.sessionArn)) return 'names';
  const [, partition = '', , , account = ''] = who.arn.split(':');
  return named.some((one) => one === account || one === `arn:${partition}:iam::${account}:root`) ? 'delegates' : 'no';
}

/** What a resource's policy says of somebody's request. */
export function evaluateResourcePolicy(
  statements: readonly ResourcePolicyStatement[],
  who: Identity | ServiceIdentity,
  request: AccessRequest,
): ResourceEvaluation {
  const found = [...statements.entries()]
    // A role's trust policy has no resource: it is about the role itself.
    .filter(([, one]) => applies(one.resources.length > 0 ? one : { ...one, resources: ['*'] }, request))
    .map(([index, one]) => ({ index, effect: one.effect, naming: namingOf(one, who) }))
    .filter(({ naming }) => naming !== 'no');
  const denies = found.filter(({ effect }) => effect === 'Deny');
  const allows = found.filter(({ effect }) => effect === 'Allow');
  const isNamed = allows.some(({ naming }) => naming === 'names');
  const effect = denies.length > 0 ? 'explicitDeny' : isNamed ? 'allow' : 'implicitDeny';
  const statementsOf = (some: typeof found) => some.map(({ index }) => index);
  return { effect, isDelegated: allows.length > 0, statements: statementsOf(denies.length > 0 ? denies : allows) };
}
