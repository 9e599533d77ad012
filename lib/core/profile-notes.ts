import { because } from './end-rebind.ts';
import type { Ports } from './ports.ts';
import type { Principal, Reason } from './shapes.ts';

// Instances get these roles through an instance profile that somebody fills. EKS Auto Mode (EC2) makes and fills its own;
// Fargate and hybrid nodes have none.
const FROM_PROFILES = ['EC2_LINUX', 'EC2_WINDOWS'];

// IAM answers AccessDenied; the other form is that of AWS's JSON services, should it ever change.
const isDenied = (error: unknown) =>
  error instanceof Error && ['AccessDenied', 'AccessDeniedException'].includes(error.name);

/**
 * Whether nodes can be given the role at all. IAM deletes a role only once no instance profile holds it, and whoever makes it
 * anew must put it back.
 */
export async function profileNotes(
  type: string,
  role: Principal,
  { instanceProfiles }: Pick<Ports, 'instanceProfiles'>,
): Promise<Reason[]> {
  if (!FROM_PROFILES.includes(type)) return [];
  try {
    const holding = await instanceProfiles.holding(role);
    if (holding.length > 0) return [];
  } catch (error) {
    if (!isDenied(error)) throw error;
    const unread =
      'whether an instance profile holds this role could not be read: iam:ListInstanceProfilesForRole is denied';
    return [because('InstanceProfilesUnread', unread)];
  }
  const explanation =
    "rebound, but no instance profile holds this role: new nodes can't use it. Put it back with " +
    'add-role-to-instance-profile; of a managed node group EKS owns the profile: update or recreate the node group';
  return [because('NoInstanceProfile', explanation)];
}
