import * as v from 'valibot';
import { InvalidSettings } from './errors.ts';
import { AccountId, Region } from './shapes.ts';

const listed = (what: string) =>
  v.pipe(
    v.string(`expected ${what}, separated by commas, or an empty text`),
    v.transform((list) =>
      list
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean),
    ),
  );
const COUNT = 'expected a whole number from 1 on';
const count = v.pipe(v.string(COUNT), v.regex(/^[1-9]\d{0,14}$/, COUNT), v.transform(Number));
const oneOf = <const Option extends string>(...options: Option[]) =>
  v.picklist(options, `expected one of ${options.map((option) => `'${option}'`).join(', ')}`);
const thirtyDays = v.maxValue<number, number, string>(30 * 86_400, 'expected at most 2592000, thirty days');
// IAM user guide, "External ID": 2 to 1224 characters.
const EXTERNAL_ID = 'expected 2 to 1224 letters, digits or characters of =,.@:/-_+';

/** Every setting with the environment variable that carries it. */
const Environment = v.object({
  EKS_REBIND_REGIONS: v.pipe(
    listed('regions'),
    v.array(
      v.pipe(
        v.string(),
        v.check((region) => v.is(Region, region), 'expected names of regions'),
      ),
    ),
    v.minLength(1, 'expected at least one region'),
  ),
  EKS_REBIND_MODE: oneOf('rebind', 'ask', 'report'),
  EKS_REBIND_ADMIN_ENTRIES: oneOf('ask', 'rebind'),
  EKS_REBIND_SETTLE_SECONDS: count,
  EKS_REBIND_SETTLE_READS: count,
  EKS_REBIND_OPT_OUT_TAG: v.pipe(v.string('expected a tag key'), v.minLength(1, 'expected a tag key')),
  EKS_REBIND_OPT_OUT: listed('ARNs'),
  EKS_REBIND_TRUSTED_CREATORS: listed('ARNs'),
  EKS_REBIND_APPROVERS: listed('ARNs'),
  EKS_REBIND_APPROVAL_SECONDS: v.pipe(count, thirtyDays),
  EKS_REBIND_CAP: count,
  EKS_REBIND_BREAKER: count,
  EKS_REBIND_ORPHANS: oneOf('report', 'remove'),
  EKS_REBIND_GRACE_SECONDS: v.pipe(count, thirtyDays),
  EKS_REBIND_OWNER_GRACE_SECONDS: v.pipe(count, v.maxValue(3600, 'expected at most 3600, an hour')),
  EKS_REBIND_MEMBER_ACCOUNTS: v.pipe(
    listed('account ids'),
    v.array(
      v.pipe(
        v.string(),
        v.check((id) => v.is(AccountId, id), 'expected account ids of 12 digits'),
      ),
    ),
    v.check((ids) => new Set(ids).size === ids.length, 'expected each account once'),
  ),
  EKS_REBIND_EXTERNAL_ID: v.pipe(v.string(EXTERNAL_ID), v.regex(/^[\w+=,.@:/-]{2,1224}$/, EXTERNAL_ID)),
});

/** A variable that carries a setting. */
type SettingVariable = keyof typeof Environment.entries;

const VARIABLES = Object.keys(Environment.entries);

/** What is not set at deploy time is this. The regions have no default here: they are the stack's own. */
const DEFAULTS: Readonly<Record<Exclude<SettingVariable, 'EKS_REBIND_REGIONS'>, string>> = {
  EKS_REBIND_MODE: 'rebind',
  EKS_REBIND_ADMIN_ENTRIES: 'ask',
  EKS_REBIND_SETTLE_SECONDS: '120',
  EKS_REBIND_SETTLE_READS: '4',
  EKS_REBIND_OPT_OUT_TAG: 'eks-rebind:opt-out',
  EKS_REBIND_OPT_OUT: '',
  EKS_REBIND_TRUSTED_CREATORS: '',
  EKS_REBIND_APPROVERS: '',
  EKS_REBIND_APPROVAL_SECONDS: String(3 * 86_400),
  EKS_REBIND_CAP: '50',
  EKS_REBIND_BREAKER: '3',
  EKS_REBIND_ORPHANS: 'report',
  EKS_REBIND_GRACE_SECONDS: '86400',
  EKS_REBIND_OWNER_GRACE_SECONDS: '300',
  EKS_REBIND_MEMBER_ACCOUNTS: '',
  EKS_REBIND_EXTERNAL_ID: 'eks-rebind',
};

/** What whoever deploys the service decided. */
export interface Settings {
  /** Regions whose clusters are searched. */
  readonly regions: readonly string[];
  readonly mode: 'rebind' | 'ask' | 'report';
  readonly adminEntries: 'ask' | 'rebind';
  /** The settle age M, in seconds: no rebind before the new role is this old. */
  readonly settleSeconds: number;
  /** How many reads in a row must show the same id and an ARN. */
  readonly settleReads: number;
  /** A tag of this key on the entry or the principal opts it out. */
  readonly optOutTag: string;
  /** ARNs of principals that are never touched. */
  readonly optOut: readonly string[];
  /** ARNs that a creator must be among, where any are given; tightens, never loosens. */
  readonly trustedCreators: readonly string[];
  /** ARNs of users and roles that may answer questions; a session counts as its role. None: nobody is asked. */
  readonly approvers: readonly string[];
  /** How long an execution waits for an answer. */
  readonly approvalSeconds: number;
  /** More entries than this for one cause, or of one principal made anew, are asked about. */
  readonly cap: number;
  /** More rebinds than this of one entry within 24 hours are asked about. */
  readonly breaker: number;
  /** What becomes of an entry whose principal was deleted and has not come back. */
  readonly orphans: 'report' | 'remove';
  /** How long a deleted principal may take to come back before its entries count as orphaned. */
  readonly graceSeconds: number;
  /** How old a principal must be before an entry is rebound whose owner may be about to make it anew itself. */
  readonly ownerGraceSeconds: number;
  /** Further accounts whose clusters are searched, through a role in each. */
  readonly memberAccounts: readonly string[];
  /** What the roles of member accounts ask for. */
  readonly externalId: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Reads the settings from a function's environment, or says which variable is wrong. All of them have to be set: a function that guesses may do what nobody decided. */
export function readSettings(env: Env): Settings {
  // Each key is there, if as undefined, so that its own schema says what is wanted.
  const parsed = v.safeParse(Environment, Object.fromEntries(VARIABLES.map((variable) => [variable, env[variable]])));
  if (!parsed.success) {
    const issue = parsed.issues[0];
    const variable = String(v.getDotPath(issue)).replace(/\..*/, '');
    throw new InvalidSettings(
      `environment variable ${variable} is ${JSON.stringify(env[variable]) ?? 'not set'}: ${issue.message}`,
    );
  }
  const settings = parsed.output;
  return {
    regions: settings.EKS_REBIND_REGIONS,
    mode: settings.EKS_REBIND_MODE,
    adminEntries: settings.EKS_REBIND_ADMIN_ENTRIES,
    settleSeconds: settings.EKS_REBIND_SETTLE_SECONDS,
    settleReads: settings.EKS_REBIND_SETTLE_READS,
    optOutTag: settings.EKS_REBIND_OPT_OUT_TAG,
    optOut: settings.EKS_REBIND_OPT_OUT,
    trustedCreators: settings.EKS_REBIND_TRUSTED_CREATORS,
    approvers: settings.EKS_REBIND_APPROVERS,
    approvalSeconds: settings.EKS_REBIND_APPROVAL_SECONDS,
    cap: settings.EKS_REBIND_CAP,
    breaker: settings.EKS_REBIND_BREAKER,
    orphans: settings.EKS_REBIND_ORPHANS,
    graceSeconds: settings.EKS_REBIND_GRACE_SECONDS,
    ownerGraceSeconds: settings.EKS_REBIND_OWNER_GRACE_SECONDS,
    memberAccounts: settings.EKS_REBIND_MEMBER_ACCOUNTS,
    externalId: settings.EKS_REBIND_EXTERNAL_ID,
  };
}

/** Reads the settings at deploy time: what is not set, or empty, has its default. Regions have to be named. */
export function settingsFrom(env: Env): Settings {
  const given = Object.entries(env).filter(([, value]) => value !== undefined && value !== '');
  return readSettings({ ...DEFAULTS, ...Object.fromEntries(given) });
}

/** The environment that `readSettings` reads these settings from. */
export function environmentOf(settings: Settings): Record<SettingVariable, string> {
  return {
    EKS_REBIND_REGIONS: settings.regions.join(','),
    EKS_REBIND_MODE: settings.mode,
    EKS_REBIND_ADMIN_ENTRIES: settings.adminEntries,
    EKS_REBIND_SETTLE_SECONDS: String(settings.settleSeconds),
    EKS_REBIND_SETTLE_READS: String(settings.settleReads),
    EKS_REBIND_OPT_OUT_TAG: settings.optOutTag,
    EKS_REBIND_OPT_OUT: settings.optOut.join(','),
    EKS_REBIND_TRUSTED_CREATORS: settings.trustedCreators.join(','),
    EKS_REBIND_APPROVERS: settings.approvers.join(','),
    EKS_REBIND_APPROVAL_SECONDS: String(settings.approvalSeconds),
    EKS_REBIND_CAP: String(settings.cap),
    EKS_REBIND_BREAKER: String(settings.breaker),
    EKS_REBIND_ORPHANS: settings.orphans,
    EKS_REBIND_GRACE_SECONDS: String(settings.graceSeconds),
    EKS_REBIND_OWNER_GRACE_SECONDS: String(settings.ownerGraceSeconds),
    EKS_REBIND_MEMBER_ACCOUNTS: settings.memberAccounts.join(','),
    EKS_REBIND_EXTERNAL_ID: settings.externalId,
  };
}
