import { isClusterAdmin, isForAutoNodes, isServiceOnly } from './access-policies.ts';
import { isKnownType, isNodeType } from './entry-types.ts';
import type { GuardFacts } from './guard-facts.ts';
import { isServiceLinked, parsePrincipalArn, parseSessionArn, principalKey } from './principal.ts';
import { secondOf } from './times.ts';

/** What a rule stands on, for the person who reads the decision. */
type Evidence = Readonly<Record<string, unknown>>;

/** A rule's test: its evidence where it matches. */
export type Test = (facts: GuardFacts) => Evidence | undefined;

const DAY_MS = 24 * 60 * 60 * 1000;

/** The role must have been seen alive this short a while ago for its nodes to be taken for the same. */
const ALIVE_LATELY_MS = DAY_MS;

/** IAM path of our own roles. */
export const OWN_PATH = '/eks-rebind/';

const arnsOf = ({ entry, principal }: GuardFacts) => [entry.principalArn, principal.arn];

/** A service-linked role, by the ARN of the entry or of the principal. */
export const isServiceLinkedRole: Test = (facts) => {
  const arn = arnsOf(facts).find(isServiceLinked);
  return arn === undefined ? undefined : { principalArn: arn };
};

/** A principal under the path of our own roles. */
export const isOwnPrincipal: Test = (facts) => {
  const arn = arnsOf(facts).find((one) => parsePrincipalArn(one)?.path.startsWith(OWN_PATH));
  return arn === undefined ? undefined : { principalArn: arn };
};

/** A type of entry that came after us. */
export const hasUnknownType: Test = ({ snapshot: { type } }) => (isKnownType(type) ? undefined : { type });

/** A policy that EKS gives and nobody else may: the entry could not be made again. */
export const hasServiceOnlyPolicy: Test = ({ snapshot }) => {
  const policies = snapshot.policies.filter(isServiceOnly).map(({ policyArn }) => policyArn);
  return policies.length === 0 ? undefined : { policies };
};

/** By a tag, whatever its value or the case of its key, or by the list. Whoever wrote either meant it. */
export const isOptedOut: Test = (facts) => {
  const { settings, snapshot, principal } = facts;
  const isOptOut = (key: string) => key.toLowerCase() === settings.optOutTag.toLowerCase();
  if (Object.keys({ ...snapshot.tags, ...snapshot.lostTags }).some(isOptOut)) return { entryTag: settings.optOutTag };
  if (Object.keys(principal.tags).some(isOptOut)) return { principalTag: settings.optOutTag };
  const arns = new Set(arnsOf(facts).map(regardlessOfPathAndCase));
  const listed = settings.optOut.find((arn) => arns.has(regardlessOfPathAndCase(arn)));
  return listed === undefined ? undefined : { listed };
};

function regardlessOfPathAndCase(arn: string): string {
  const principal = parsePrincipalArn(arn);
  return principal ? principalKey(principal) : arn.toLowerCase();
}

/** Another path or case than the entry names: the entry can never work for this principal. */
export const hasAnotherArn: Test = ({ entry, principal }) =>
  entry.principalArn === principal.arn ? undefined : { entry: entry.principalArn, principal: principal.arn };

/** No entry is touched where the service only reports. */
export const isReportOnly: Test = ({ settings: { mode } }) => (mode === 'report' ? { mode } : undefined);

/** A delete that was begun long ago, or by another execution. */
export const isResumedDelete: Test = ({ takeover }) => (takeover === undefined ? undefined : { takeover });

/** Asked about an earlier incarnation, or denied for this one, in any cluster, and since then nobody approved anything of this very entry. */
export const wasAskedBefore: Test = ({ principal, questions }) => {
  const approvals = questions.flatMap(({ isOfThisEntry, answer }) =>
    isOfThisEntry && answer?.verdict === 'approved' ? [Date.parse(answer.at)] : [],
  );
  const open = questions.filter(
    ({ principalId, answer, askedAt }) =>
      // Of this very incarnation only a denial sticks: what is being asked about it now is no answer to itself.
      (principalId !== principal.principalId || answer?.verdict === 'denied') &&
      answer?.verdict !== 'approved' &&
      !approvals.some((approvedAt) => approvedAt > Date.parse(askedAt)),
  );
  return open.length === 0 ? undefined : { questions: open };
};

/**
 * More entries for one cause than the cap, or of one principal made anew: counted from the ledger, whoever started what.
 * Entries of the principal that are older than its incarnation, to the second, are waiting for it as well.
 */
export const areTooMany: Test = ({ settings: { cap }, records, principal, batchSize = 0 }) => {
  const affected = records.filter(
    ({ journal, createdAt }) =>
      journal?.incarnation.principalId === principal.principalId ||
      (createdAt !== undefined && secondOf(createdAt) < secondOf(principal.createdAt)),
  );
  const entries = Math.max(batchSize, affected.length);
  return entries > cap ? { entries, cap } : undefined;
};

/** As often within a day as the breaker allows: something keeps making the principal anew. */
export const isReboundTooOften: Test = ({ settings: { breaker }, rebounds = [], now }) => {
  const lately = rebounds.filter((at) => Date.parse(now) - Date.parse(at) < DAY_MS);
  return lately.length >= breaker ? { reboundAt: lately, breaker } : undefined;
};

/** Every rebind is asked about. */
export const isAskMode: Test = ({ settings: { mode } }) => (mode === 'ask' ? { mode } : undefined);

/** It is not known who may become the principal. */
export const hasUnreadableTrust: Test = ({ trust }) =>
  'unreadable' in trust ? { reason: trust.unreadable } : undefined;

/** Where creators are listed: one that isn't, or is not told. A session counts as its role. */
export const hasUntrustedCreator: Test = ({ settings: { trustedCreators }, cause }) => {
  if (trustedCreators.length === 0) return undefined;
  const { actorArn } = cause;
  if (actorArn === undefined) return { actorArn: 'not told', trustedCreators };
  const isListed = trustedCreators.some((creator) => creator === actorArn || isSessionOf(actorArn, creator));
  return isListed ? undefined : { actorArn, trustedCreators };
};

function isSessionOf(actorArn: string, creator: string): boolean {
  const session = parseSessionArn(actorArn);
  const role = parsePrincipalArn(creator);
  return session !== undefined && role !== undefined && principalKey(session) === principalKey(role);
}

const hasClusterAdmin: Test = ({ snapshot }) => {
  const policies = snapshot.policies.filter(isClusterAdmin);
  return policies.length === 0 ? undefined : { policies };
};

/** Whoever may become the principal now might have become the one that the entry was bound to. */
function boundTrust({ trust, boundFingerprint }: GuardFacts): Evidence | undefined {
  if (!('fingerprint' in trust) || trust.fingerprint !== boundFingerprint) return undefined;
  return { boundFingerprint };
}

/** Nodes of the trust that the entry was bound with, unless they administer the cluster. */
export const isNodeOnBoundTrust: Test = (facts) =>
  isNodeType(facts.snapshot.type) && !hasClusterAdmin(facts) ? boundTrust(facts) : undefined;

/** Nodes as AWS's guides make them, of a role that was alive lately. People's policies on such an entry are not covered. */
export const isNodeOnTemplate: Test = ({ snapshot, isTemplate, lastSeenAliveAt, now }) => {
  if (!isNodeType(snapshot.type) || !isTemplate) return undefined;
  if (lastSeenAliveAt === undefined || !snapshot.policies.every(isForAutoNodes)) return undefined;
  const goneForMs = Date.parse(now) - Date.parse(lastSeenAliveAt);
  return goneForMs >= 0 && goneForMs < ALIVE_LATELY_MS ? { type: snapshot.type, lastSeenAliveAt } : undefined;
};

// What RBAC grants to a username or a group can't be seen from AWS: shown, so that a reader can look.
const standardOnBoundTrust: Test = (facts) => {
  const { type, username = 'the default', kubernetesGroups = [] } = facts.snapshot;
  const evidence = type === 'STANDARD' ? boundTrust(facts) : undefined;
  return evidence && { ...evidence, username, kubernetesGroups };
};

/** People of the trust that the entry was bound with, unless they administer the cluster. */
export const isStandardOnBoundTrust: Test = (facts) =>
  hasClusterAdmin(facts) ? undefined : standardOnBoundTrust(facts);

/** The same for administrators, where the settings allow it. */
export const isAdminOnBoundTrust: Test = (facts) => {
  const admin = facts.settings.adminEntries === 'rebind' ? hasClusterAdmin(facts) : undefined;
  const trust = standardOnBoundTrust(facts);
  return admin && trust && { ...trust, ...admin };
};

/** Any other administrator of the cluster, nodes among them. */
export const isAdminToAskAbout: Test = (facts) => (isAdminOnBoundTrust(facts) ? undefined : hasClusterAdmin(facts));
