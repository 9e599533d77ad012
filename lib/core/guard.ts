import type { GuardFacts } from './guard-facts.ts';
import * as rules from './guard-rules.ts';
import type { Decision, Reason } from './shapes.ts';

interface GuardRule {
  readonly rule: string;
  readonly action: Decision['action'];
  readonly explanation: string;
  readonly matches: rules.Test;
}

const row = <Name extends string>(
  rule: Name,
  action: Decision['action'],
  matches: rules.Test,
  explanation: string,
): GuardRule & { readonly rule: Name } => ({ rule, action, matches, explanation });

/** The truth table. The first rule that matches decides; none means ask. */
const TABLE = [
  row('ServiceLinkedRole', 'refuse', rules.isServiceLinkedRole, 'the principal is a service-linked role'),
  row('OwnPrincipal', 'refuse', rules.isOwnPrincipal, "the principal is one of eks-rebind's own"),
  row('UnknownEntryType', 'refuse', rules.hasUnknownType, 'what an entry of this type needs is not known'),
  row('ServiceOnlyPolicy', 'refuse', rules.hasServiceOnlyPolicy, 'the entry holds a policy that only EKS may give'),
  row('OptedOut', 'refuse', rules.isOptedOut, 'its owner opted it out'),
  row('ArnDiffers', 'refuse', rules.hasAnotherArn, 'the entry names another ARN than the principal has now'),
  row('ReportOnly', 'refuse', rules.isReportOnly, 'the service only reports'),
  row('ResumedDelete', 'ask', rules.isResumedDelete, 'a delete was never finished, perhaps on purpose'),
  row('AskedBefore', 'ask', rules.wasAskedBefore, 'an earlier principal was asked about; nobody approved'),
  row('TooManyEntries', 'ask', rules.areTooMany, 'more entries would be rebound at once than the cap allows'),
  row('CircuitBreaker', 'ask', rules.isReboundTooOften, 'this entry was rebound too often within a day'),
  row('AskMode', 'ask', rules.isAskMode, 'the service asks before every rebind'),
  row('TrustUnreadable', 'ask', rules.hasUnreadableTrust, "who may become the principal can't be told"),
  row('UntrustedCreator', 'ask', rules.hasUntrustedCreator, 'the principal was not made by a trusted creator'),
  row('NodeOnBoundTrust', 'rebind', rules.isNodeOnBoundTrust, 'nodes of the trust policy it was bound with'),
  row('NodeOnTemplate', 'rebind', rules.isNodeOnTemplate, "nodes of AWS's own trust policy, alive within a day"),
  row('StandardOnBoundTrust', 'rebind', rules.isStandardOnBoundTrust, 'people of the trust policy it was bound with'),
  row('AdminOnBoundTrust', 'rebind', rules.isAdminOnBoundTrust, 'the same for an administrator, as settings allow'),
  row('AdminPolicy', 'ask', rules.isAdminToAskAbout, 'the entry makes its holder an administrator of the cluster'),
] as const;

const NO_RULE_MATCHES = 'NoRuleMatches';
const APPROVED = 'Approved';

/** Every rule by its name, in the order in which they decide. Public: renaming one is a changelog line. */
export const GUARD_RULES = [...TABLE.map(({ rule }) => rule), NO_RULE_MATCHES, APPROVED] as const;

/**
 * Decides whether an entry may be rebound. Reasons: the rule that decides, then the others that would have said the same, so
 * that a person who is asked sees all that speaks for asking.
 */
export function guard(facts: GuardFacts): Decision {
  const matching = TABLE.flatMap(({ rule, action, explanation, matches }) => {
    const evidence = matches(facts);
    return evidence ? [{ action, reason: { rule, explanation, evidence: { ...evidence } } }] : [];
  });
  const [decisive] = matching;
  if (!decisive) return askUnlessApproved(facts, [nothingSpeaksForIt(facts)]);
  const { action } = decisive;
  const reasons = matching.filter((other) => other.action === action).map(({ reason }) => reason);
  return action === 'ask' ? askUnlessApproved(facts, reasons) : { action, reasons };
}

function askUnlessApproved({ approval }: GuardFacts, reasons: Reason[]): Decision {
  if (!approval) return { action: 'ask', reasons };
  const { by: approvedBy, at: approvedAt } = approval;
  const explanation = 'a person approved exactly this: entry, principal, configuration and trust';
  return {
    action: 'rebind',
    reasons: [{ rule: APPROVED, explanation, evidence: { approvedBy, approvedAt } }, ...reasons],
  };
}

function nothingSpeaksForIt({ snapshot, trust, boundFingerprint, isTemplate, lastSeenAliveAt }: GuardFacts): Reason {
  return {
    rule: NO_RULE_MATCHES,
    explanation: 'nothing shows that the same people or nodes may become the principal as when the entry was bound',
    evidence: {
      type: snapshot.type,
      ...trust,
      boundFingerprint: boundFingerprint ?? 'never seen',
      isTemplate,
      lastSeenAliveAt: lastSeenAliveAt ?? 'never',
    },
  };
}
