import type { Random } from '../runtime.ts';
import type { Caller } from './call.ts';
import type { PolicyStatement } from './deployment.ts';
import { checkStatements } from './policies/check-statements.ts';
import type { Identity } from './policies/permissions.ts';
import type { IamState } from './iam/iam-state.ts';
import { accessKeyIdOf, secretOf, uniqueId } from './iam/unique-id.ts';

/** Whom a key is issued to. */
interface HolderRequest {
  /** ARN of a role, a user, or an account's root. */
  readonly arn: string;
  /** A role's session. @default `session` */
  readonly sessionName?: string;
  /** What its policies say: the only calls it is allowed. @default those of the deployed role of that ARN, else every call */
  readonly statements?: readonly PolicyStatement[];
  /** What it is called where used permissions are told. @default the holder's ARN */
  readonly knownAs?: string;
  /** A key id to use instead of a fresh one. @default a fresh one */
  readonly accessKeyId?: string;
}

/** A key as STS and IAM hand it out; only sessions have a token. */
export interface IssuedKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Who holds a key, with the unique id that the role or user had when it was issued. */
export interface Holder {
  readonly partition: string;
  readonly accountId: string;
  readonly kind: 'role' | 'user' | 'root';
  readonly name: string;
  /** The role's, user's or root's own ARN, not the session's. */
  readonly arn: string;
  readonly uniqueId: string;
  readonly sessionName?: string;
}

/** The keys of this local AWS: who calls, and what the caller may do. */
export interface Credentials {
  issue(holder: HolderRequest): IssuedKey;
  /** The caller by key id; an unknown key is account 000000000000's root, in the partition that its region tells. */
  callerOf(accessKeyId: string, region?: string): Caller;
  /** Undefined for a key that was never issued here. */
  holderOf(accessKeyId: string): Holder | undefined;
  /** Forgets a key: whoever calls with it is a stranger. */
  revoke(accessKeyId: string): void;
  /** Who a caller is to policies. */
  identityOf(caller: Caller): Identity;
}

/** The account of everybody who calls with a key that was never issued here. */
const UNKNOWN_ACCOUNT = '000000000000';

/** The partition that a region lies in; IAM's ARNs begin with it. */
function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function parseHolder(arn: string): Pick<Holder, 'partition' | 'accountId' | 'kind' | 'name' | 'arn'> {
  const [prefix, partition = '', service, , accountId = '', resource = ''] = arn.split(':');
  const [kind, ...path] = resource.split('/');
  const name = path.at(-1) ?? '';
  if (prefix === 'arn' && service === 'iam' && /^\d{12}$/.test(accountId)) {
    if (kind === 'root' && path.length === 0) return { partition, accountId, kind, name, arn };
    if ((kind === 'role' || kind === 'user') && name) return { partition, accountId, kind, name, arn };
  }
  throw new TypeError(`cannot issue a key to '${arn}': not the ARN of a role, a user or an account's root`);
}

function callerFrom(accessKeyId: string, { kind, partition, accountId, name, ...holder }: Holder): Caller {
  const common = { accessKeyId, accountId, partition };
  if (kind !== 'role') return { ...common, arn: holder.arn, principalId: holder.uniqueId };
  const session = holder.sessionName ?? '';
  const arn = `arn:${partition}:sts::${accountId}:assumed-role/${name}/${session}`;
  return { ...common, arn, principalId: `${holder.uniqueId}:${session}` };
}

/** Keys with nobody behind them yet. */
export function createCredentials({ random, iam }: { random: Random; iam: IamState }): Credentials {
  const keys = new Map<string, Pick<HolderRequest, 'statements' | 'knownAs'> & { readonly holder: Holder }>();

  function idNow(holder: ReturnType<typeof parseHolder>): string {
    if (holder.kind === 'root') return holder.accountId;
    // A key for a principal that doesn't exist is like a key of one deleted since: its id is nobody's.
    const fresh = () => uniqueId(holder.kind === 'role' ? 'AROA' : 'AIDA', random);
    return iam.find(holder.accountId, holder.kind, holder.name)?.uniqueId ?? fresh();
  }

  return {
    issue(request) {
      const parsed = parseHolder(request.arn);
      const isSession = parsed.kind === 'role';
      const accessKeyId = request.accessKeyId ?? accessKeyIdOf(isSession ? 'ASIA' : 'AKIA', random);
      const session = isSession ? { sessionName: request.sessionName ?? 'session' } : {};
      const { statements, knownAs } = request;
      if (statements) checkStatements(knownAs ?? request.arn, statements);
      const policies = { ...(statements && { statements }), ...(knownAs !== undefined && { knownAs }) };
      keys.set(accessKeyId, { holder: { ...parsed, uniqueId: idNow(parsed), ...session }, ...policies });
      const secretAccessKey = secretOf(random, 40);
      return { accessKeyId, secretAccessKey, ...(isSession && { sessionToken: secretOf(random, 64) }) };
    },
    callerOf(accessKeyId, region = 'us-east-1') {
      const partition = partitionOf(region);
      const arn = `arn:${partition}:iam::${UNKNOWN_ACCOUNT}:root`;
      const who = { accountId: UNKNOWN_ACCOUNT, uniqueId: UNKNOWN_ACCOUNT };
      const stranger: Holder = { ...who, partition, kind: 'root', name: '', arn };
      return callerFrom(accessKeyId, keys.get(accessKeyId)?.holder ?? stranger);
    },
    holderOf: (accessKeyId) => keys.get(accessKeyId)?.holder,
    revoke: (accessKeyId) => void keys.delete(accessKeyId),
    identityOf({ accessKeyId, arn: sessionArn }) {
      const known = keys.get(accessKeyId);
      const arn = known?.holder.arn ?? sessionArn;
      return { name: known?.knownAs ?? arn, arn, sessionArn, statements: known?.statements };
    },
  };
}
