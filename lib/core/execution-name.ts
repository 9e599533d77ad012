import { createHash } from 'node:crypto';
import { parsePrincipalArn } from './principal.ts';
import type { EntryRef } from './shapes.ts';

/** What makes one attempt to rebind different from every other. */
export interface Attempt {
  readonly entry: EntryRef;
  /** Of the new incarnation. */
  readonly principalId: string;
  /** The entry as it stood; a recreated one has another ARN. */
  readonly entryArn: string;
  readonly attempt: number;
}

const CLUSTER_LENGTH = 24;
const ROLE_LENGTH = 24;
const ID_LENGTH = 8;
const HASH_LENGTH = 12;

// What Step Functions takes of what cluster and role names may hold (StartExecution, Step Functions API reference).
const legal = (text: string) => text.replaceAll(/[^\w.+=@-]/g, '-');

/** The name of a rebind's execution: the same for the same attempt, so that starting it twice runs it once. */
export function executionName({ entry, principalId, entryArn, attempt }: Attempt): string {
  const { accountId, region, clusterName, principalArn } = entry;
  const roleName = parsePrincipalArn(principalArn)?.name ?? principalArn;
  const identity = JSON.stringify([accountId, region, clusterName, principalArn, principalId, entryArn, attempt]);
  // 24 + 24 + 8 + 12 and three dots: 71 of the 80 characters that Step Functions allows.
  return [
    legal(clusterName).slice(0, CLUSTER_LENGTH),
    legal(roleName).slice(0, ROLE_LENGTH),
    legal(principalId).slice(-ID_LENGTH),
    createHash('sha256').update(identity).digest('hex').slice(0, HASH_LENGTH),
  ].join('.');
}
