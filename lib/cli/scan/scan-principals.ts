import { iamAllPrincipals } from '../../aws/iam-all-principals.ts';
import { iamPrincipals } from '../../aws/iam-principals.ts';
import { parsePrincipalArn, principalKey } from '../../core/principal.ts';
import { rememberReads } from '../../core/remembered-reads.ts';
import type { ScannedPrincipal } from '../../core/scan-entry.ts';
import { reasonOf } from '../../core/search-cluster.ts';
import type { Session } from '../session/session.ts';

/** The principals of an account as a scan sees them. */
export interface ScanPrincipals {
  of(principalArn: string): Promise<ScannedPrincipal>;
  /** Why the pages of roles and users could not be had, so that each principal was read by itself. */
  readonly withoutPages?: string;
}

/** Reads all roles and users page by page, once. One that the pages lack is read by itself: they may be short. */
export async function readPrincipals(
  { clients, accountId }: Session,
  { pages }: { readonly pages: boolean },
): Promise<ScanPrincipals> {
  const single = rememberReads(iamPrincipals(clients));
  const read = new Map<string, ScannedPrincipal>();
  let withoutPages: string | undefined;
  try {
    for (const reading of pages ? await iamAllPrincipals(clients).list(accountId) : []) {
      const named = parsePrincipalArn(reading.arn);
      // Tags are not on the pages, and trust policies are not looked at: of ten thousand roles they would fill the memory.
      const { trustPolicy: _unused, ...kept } = reading;
      if (named) read.set(principalKey(named), kept);
    }
  } catch (error) {
    withoutPages = reasonOf(error);
  }
  return {
    ...(withoutPages !== undefined && { withoutPages }),
    async of(principalArn) {
      const named = parsePrincipalArn(principalArn);
      if (!named) return { unreadable: 'its ARN names neither a role nor a user' };
      if (named.accountId !== accountId) {
        return { unreadable: `it is in account ${named.accountId}, and these credentials are for ${accountId}` };
      }
      try {
        return read.get(principalKey(named)) ?? (await single.read(named)) ?? 'absent';
      } catch (error) {
        return { unreadable: reasonOf(error) };
      }
    },
  };
}
