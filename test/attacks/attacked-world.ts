import type { Ran, Simulation } from '../simulator/simulate.ts';
import { trusting } from '../simulator/world-options.ts';
import type { SimulationOptions } from '../simulator/world-options.ts';

/** Whom the attacker would like to become the role: an account of their own. */
export const EVIL_TRUST = trusting({ AWS: '444455556666' });

/** Whom people's roles trust before anybody attacks. */
export const PEOPLE_TRUST = trusting({ AWS: '111122223333' });

/** A node's entry, people's, and an administrator's. */
export const ATTACKED = {
  roles: [{ name: 'nodes' }, { name: 'people', trust: PEOPLE_TRUST }, { name: 'admins', trust: PEOPLE_TRUST }],
  entries: [
    { role: 'nodes', type: 'EC2_LINUX' },
    { role: 'people', type: 'STANDARD', policies: { AmazonEKSViewPolicy: [] } },
    { role: 'admins', type: 'STANDARD', policies: { AmazonEKSClusterAdminPolicy: [] } },
  ],
} satisfies SimulationOptions;

/** How an execution ended, with the rule that decided it: `NeedsApproval AskedBefore`. */
function endedAs({ end, output }: Ran): string {
  const reasons: unknown = output['reasons'];
  const [first]: unknown[] = Array.isArray(reasons) ? reasons : [];
  const rule: unknown = typeof first === 'object' && first !== null && 'rule' in first ? first.rule : undefined;
  return typeof rule === 'string' ? `${end} ${rule}` : end;
}

/** How every rebind ended, oldest first. */
export const rebindsEnded = (world: Simulation): string[] => world.ran('rebind-entry').map(endedAs);
