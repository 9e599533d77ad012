import * as v from 'valibot';
import { STEPS } from '../../handlers/shared/steps.ts';
import type { EntryRef } from '../../lib/local/eks/access-entry.ts';
import type { EksState } from '../../lib/local/eks/eks-state.ts';
import { functionOf } from '../simulator/deployed-names.ts';
import type { Simulation } from '../simulator/simulate.ts';
import { policyText } from './grants.ts';

const FUNCTIONS = new Set(STEPS.map(({ name }) => functionOf(name)));

/** Whether a call came from one of the service's functions: the session of its role is called as the function is. */
export function isService(callerArn: string): boolean {
  const [, session = ''] = /:assumed-role\/[^/]+\/([^/]+)$/.exec(callerArn) ?? [];
  return FUNCTIONS.has(session);
}

type EntryChange = EksState['changes'][number];

/** What the service's functions changed, of one entry or of all, oldest first. */
export function ourChanges({ aws }: Simulation, ref?: EntryRef): readonly EntryChange[] {
  const { state } = aws.eks;
  return (ref ? state.changesOf(ref) : state.changes).filter(({ callerArn }) => isService(callerArn));
}

const PolicyWrite = v.object({
  clusterName: v.string(),
  principalArn: v.string(),
  policyArn: v.string(),
  accessScope: v.object({ type: v.string(), namespaces: v.optional(v.array(v.string())) }),
});

/** The policies that the service's functions associated, with success. */
export function ourPolicyWrites({ aws, entry }: Simulation): { ref: EntryRef; policy: string }[] {
  const { accountId } = entry('nobody');
  return aws.calls.all
    .filter(
      ({ operation, callerArn, error }) => operation === 'AssociateAccessPolicy' && isService(callerArn) && !error,
    )
    .map(({ input, region }) => {
      const { policyArn, accessScope, ...where } = v.parse(PolicyWrite, input);
      return {
        ref: { accountId, region, ...where },
        policy: policyText(policyArn, accessScope.type, accessScope.namespaces),
      };
    });
}
