import { Duration, Token } from 'aws-cdk-lib';
import type { EksRebindProps } from './eks-rebind-props.ts';

/** What is wrong with a value, in the words of what is wanted; undefined where nothing is. */
type Rule = (value: unknown) => string | undefined;

const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;
const ACCOUNT = /^\d{12}$/;
// Lists travel to the functions separated by commas: a name with a comma, which IAM allows, can't be in one.
const PRINCIPAL =
  /^arn:aws[a-z-]*:(iam|sts)::\d{12}:(root|(role|user|assumed-role|federated-user)\/[\w+=.@/-]*[\w+=.@-])$/;
const ARNS = 'ARNs of roles or users, without commas in them';
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, 9999,
];
const DAY = 86_400;
// Each takes two statements of AnswerApproval's policy, some 330 bytes and the ARN each; it holds 20 KB
// (Lambda quotas). A role that many people may become is one approver.
const MOST_APPROVERS = 20;

// One rule for each prop, so that none is forgotten; TypeScript says so where one is.
const RULES: { readonly [Prop in keyof Required<EksRebindProps>]: Rule } = {
  regions: listOf(REGION, "names of regions, such as 'eu-west-1'", 1),
  mode: oneOf('rebind', 'ask', 'report'),
  adminEntries: oneOf('ask', 'rebind'),
  settleAge: duration(3_600, 'an hour'),
  settleReads: wholeNumber(1, 20),
  sweepSchedule: (value) =>
    hasIn(value, 'expressionString') && /^(rate|cron)\(.+\)$/.test(String(value.expressionString))
      ? undefined
      : "a Schedule such as Schedule.rate(Duration.hours(6)), 'rate(6 hours)' in text",
  orphans: oneOf('report', 'remove'),
  grace: duration(30 * DAY, '30 days'),
  ownerGrace: duration(3_600, 'an hour'),
  cap: wholeNumber(1, 10_000),
  circuitBreaker: wholeNumber(1, 1_000),
  optOutTag: text(/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u, "a tag key that doesn't begin with 'aws:'"),
  optOut: listOf(PRINCIPAL, ARNS),
  trustedCreators: listOf(PRINCIPAL, ARNS),
  approvers: listOf(PRINCIPAL, ARNS, 0, MOST_APPROVERS),
  approvalTimeout: duration(30 * DAY, '30 days'),
  // A FIFO topic asks for a group of each message, which neither alarms nor our functions give.
  notificationTopic: (value) =>
    hasIn(value, 'topicArn') && !(hasIn(value, 'fifo') && value.fifo) ? undefined : 'a standard topic',
  logRetention: (value) => (RETENTIONS.some((days) => days === value) ? undefined : `one of ${RETENTIONS.join(', ')}`),
  alarmActions: (value) =>
    Array.isArray(value) && value.every((action) => hasIn(action, 'bind')) ? undefined : 'alarm actions',
  memberAccounts: listOf(ACCOUNT, 'account ids of 12 digits'),
  externalId: text(/^[\w+=,.@:/-]{2,1224}$/, '2 to 1224 letters, digits or characters of =,.@:/-_+'),
  // Lambda takes 64 characters, and steps' names have up to 32.
  namePrefix: text(/^[a-zA-Z][\w-]{0,31}$/, 'up to 32 letters, digits, - or _, a letter first'),
};

/** Says which prop is wrong, with the value given and the values wanted. What is known only at deploy time is let through. */
export function checkProps(props: EksRebindProps): void {
  for (const [prop, rule] of Object.entries(RULES)) {
    const value: unknown = Reflect.get(props, prop);
    if (value === undefined || Token.isUnresolved(value)) continue;
    const wanted = rule(value);
    if (wanted !== undefined) throw new Error(`${prop} is ${shown(value)}, wanted ${wanted}`);
  }
}

/** JavaScript, or a context's text, may give anything. */
function hasIn<Key extends string>(value: unknown, key: Key): value is Record<Key, unknown> {
  return typeof value === 'object' && value !== null && key in value;
}

function oneOf(...options: readonly string[]): Rule {
  return (value) =>
    options.some((option) => option === value)
      ? undefined
      : `one of ${options.map((option) => `'${option}'`).join(', ')}`;
}

function wholeNumber(least: number, most: number): Rule {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? undefined
      : `a whole number from ${least} to ${most}`;
}

function duration(mostSeconds: number, most: string): Rule {
  return (value) => {
    const seconds = value instanceof Duration ? value.toSeconds({ integral: false }) : Number.NaN;
    return Number.isInteger(seconds) && seconds >= 1 && seconds <= mostSeconds
      ? undefined
      : `a duration of whole seconds, from one to ${most}`;
  };
}

function text(pattern: RegExp, wanted: string): Rule {
  return (value) => (typeof value === 'string' && pattern.test(value) ? undefined : wanted);
}

function listOf(pattern: RegExp, wanted: string, least = 0, most = Infinity): Rule {
  const isFine = (item: unknown) => Token.isUnresolved(item) || (typeof item === 'string' && pattern.test(item));
  return (value) => {
    const hasRoom = Array.isArray(value) && value.length >= least && value.length <= most;
    if (hasRoom && value.every(isFine) && new Set(value).size === value.length) return undefined;
    return `${least > 0 ? 'at least one of ' : ''}${most < Infinity ? `at most ${most} ` : ''}${wanted}, each once`;
  };
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (value instanceof Duration) return value.toHumanString();
  if (hasIn(value, 'expressionString')) return `'${String(value.expressionString)}'`;
  return typeof value === 'object' && value !== null ? `a ${value.constructor.name}` : String(value);
}
