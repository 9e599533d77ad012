import * as v from 'valibot';
import { InvalidSettings } from './errors.ts';
import { Region } from './shapes.ts';

const commaSeparated = v.pipe(
  v.string(),
  v.transform((list) =>
    list
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  ),
);
const wholeNumber = (fallback: number) =>
  v.optional(
    v.pipe(v.string(), v.regex(/^[1-9]\d*$/, 'expected a whole number from 1 on'), v.transform(Number)),
    String(fallback),
  );

const Environment = v.object({
  EKS_REBIND_REGIONS: v.pipe(commaSeparated, v.array(Region), v.minLength(1, 'expected at least one region')),
  EKS_REBIND_MODE: v.optional(v.picklist(['rebind', 'ask', 'report']), 'rebind'),
  EKS_REBIND_ADMIN_ENTRIES: v.optional(v.picklist(['ask', 'rebind']), 'ask'),
  EKS_REBIND_SETTLE_SECONDS: wholeNumber(120),
  EKS_REBIND_SETTLE_READS: wholeNumber(4),
  EKS_REBIND_OPT_OUT_TAG: v.optional(v.pipe(v.string(), v.minLength(1)), 'eks-rebind:opt-out'),
  EKS_REBIND_OPT_OUT: v.optional(commaSeparated, ''),
  EKS_REBIND_TRUSTED_CREATORS: v.optional(commaSeparated, ''),
  EKS_REBIND_APPROVERS: v.optional(commaSeparated, ''),
  EKS_REBIND_APPROVAL_SECONDS: v.pipe(
    wholeNumber(3 * 86_400),
    v.maxValue(30 * 86_400, 'expected at most 2592000, thirty days'),
  ),
  EKS_REBIND_ANSWER_URL: v.optional(
    v.pipe(v.string(), v.regex(/^https?:\/\/[\w.:/-]+$/, 'expected the URL of the function AnswerApproval')),
  ),
  EKS_REBIND_CAP: wholeNumber(50),
  EKS_REBIND_BREAKER: wholeNumber(3),
  EKS_REBIND_ORPHANS: v.optional(v.picklist(['report', 'remove']), 'report'),
  EKS_REBIND_GRACE_SECONDS: v.pipe(
    wholeNumber(86_400),
    v.maxValue(30 * 86_400, 'expected at most 2592000, thirty days'),
  ),
  EKS_REBIND_OWNER_GRACE_SECONDS: v.pipe(wholeNumber(300), v.maxValue(3600, 'expected at most 3600, an hour')),
});

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
  /** Where answers are sent: the function URL of AnswerApproval. */
  readonly answerUrl?: string;
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
}

/** Reads the settings from a function's environment, or says which variable is wrong. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = v.safeParse(Environment, env);
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
    ...(settings.EKS_REBIND_ANSWER_URL !== undefined && { answerUrl: settings.EKS_REBIND_ANSWER_URL }),
    cap: settings.EKS_REBIND_CAP,
    breaker: settings.EKS_REBIND_BREAKER,
    orphans: settings.EKS_REBIND_ORPHANS,
    graceSeconds: settings.EKS_REBIND_GRACE_SECONDS,
    ownerGraceSeconds: settings.EKS_REBIND_OWNER_GRACE_SECONDS,
  };
}
