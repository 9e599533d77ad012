import { createHash } from 'node:crypto';
import { isOutOfReach } from './out-of-reach.ts';
import type { Principals } from './ports.ts';
import { parsePrincipalArn } from './principal.ts';
import { parseTrustPolicy, type Trusted } from './trust-policy.ts';

/** A digest of who may become a role; or why there is none. */
export type TrustFingerprint = { readonly fingerprint: string } | { readonly unreadable: string };

/** Part of what is hashed: a later way to normalise must not pass for this one. */
const FORMAT = 1;

/**
 * The fingerprint of a trust policy: equal where the same principals may become the role in the same way. A trusted role or
 * user counts with its living unique id, since one made anew is somebody else; services, accounts and federated providers
 * count by name. What can't be read or isn't understood has no fingerprint. The ports' own failures (a throttle) go through.
 */
export async function fingerprintTrust(
  trustPolicy: string | undefined,
  principals: Pick<Principals, 'read'>,
): Promise<TrustFingerprint> {
  if (trustPolicy === undefined) return { unreadable: 'the principal has no trust policy' };
  const policy = parseTrustPolicy(trustPolicy);
  if ('unreadable' in policy) return policy;

  const identities = new Map<string, string>();
  for (const { trusted } of policy.grants) {
    const name = nameOf(trusted);
    if (identities.has(name)) continue;
    const identity = await identityOf(trusted, principals);
    if (identity === undefined) return { unreadable: `it trusts ${name}, which could not be read` };
    identities.set(name, identity);
  }
  const grants = policy.grants.map(({ effect, trusted, action, conditions }) =>
    JSON.stringify([effect, trusted.kind, identities.get(nameOf(trusted)), action, conditions]),
  );
  const meaning = JSON.stringify([FORMAT, policy.version, [...new Set(grants)].toSorted()]);
  return { fingerprint: createHash('sha256').update(meaning).digest('hex') };
}

const nameOf = ({ kind, name }: Trusted) => `${kind} ${name}`;

/** The living id of a trusted role or user, if IAM shows exactly the one that the policy names. */
async function identityOf({ kind, name }: Trusted, principals: Pick<Principals, 'read'>): Promise<string | undefined> {
  const principal = kind === 'role' || kind === 'user' ? parsePrincipalArn(name) : undefined;
  if (!principal) return name;
  try {
    const { partition, accountId, name: principalName } = principal;
    const reading = await principals.read({ partition, accountId, kind: principal.kind, name: principalName });
    return reading?.arn === name ? reading.principalId : undefined;
  } catch (error) {
    if (isOutOfReach(error)) return undefined;
    throw error;
  }
}
