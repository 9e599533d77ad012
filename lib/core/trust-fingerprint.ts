import type { Principals } from './ports.ts';

/** A digest of who may become a role; or why there is none. */
export type TrustFingerprint = { readonly fingerprint: string } | { readonly unreadable: string };

/** The fingerprint of a trust policy. */
export async function fingerprintTrust(
  _trustPolicy: string | undefined,
  _principals: Pick<Principals, 'read'>,
): Promise<TrustFingerprint> {
  return { unreadable: 'not written yet' };
}
