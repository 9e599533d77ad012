import * as v from 'valibot';

/** The version every payload carries, so that a workflow in flight across an upgrade is understood or refused. */
export const SCHEMA_VERSION = 1;

const schemaVersion = v.literal(SCHEMA_VERSION);
const text = v.pipe(v.string(), v.minLength(1));

/** A time as it travels: ISO 8601 in UTC. */
export const IsoTime = v.pipe(v.string(), v.isoTimestamp());

/** `aws`, `aws-cn`, `aws-us-gov`, … */
const Partition = v.pipe(v.string(), v.regex(/^aws(-[a-z]+)*$/));
export const AccountId = v.pipe(v.string(), v.regex(/^\d{12}$/));
export const Region = v.pipe(v.string(), v.regex(/^[a-z]{2,}(-[a-z]+)+-\d+$/));

/** One region of one account: where clusters are looked for. */
export const Place = v.object({ accountId: AccountId, region: Region });
export type Place = v.InferOutput<typeof Place>;

/** What started it: shown to people, never trusted. */
export const Cause = v.object({
  kind: v.picklist(['event', 'sweep', 'person']),
  eventId: v.optional(v.string()),
  eventName: v.optional(v.string()),
  eventTime: v.optional(IsoTime),
  actorArn: v.optional(v.string()),
  sourceExecutionArn: v.optional(v.string()),
});
export type Cause = v.InferOutput<typeof Cause>;

/** An IAM role or user that an access entry names. Two with names that differ only in case are the same. */
export const Principal = v.object({
  partition: Partition,
  accountId: AccountId,
  kind: v.picklist(['role', 'user']),
  name: text,
});
export type Principal = v.InferOutput<typeof Principal>;

/** One life of a principal: `principalId` (`AROA…`, `AIDA…`) is new each time it is created. */
export const Incarnation = v.object({ principalArn: text, principalId: text, createdAt: IsoTime });
export type Incarnation = v.InferOutput<typeof Incarnation>;

/** Which access entry. */
export const EntryRef = v.object({ accountId: AccountId, region: Region, clusterName: text, principalArn: text });
export type EntryRef = v.InferOutput<typeof EntryRef>;

const AccessScope = v.object({
  type: v.picklist(['cluster', 'namespace']),
  namespaces: v.optional(v.array(v.string())),
});

/** A policy of an entry with the scope it holds in. */
export const PolicyAssociation = v.object({ policyArn: text, accessScope: AccessScope });
export type PolicyAssociation = v.InferOutput<typeof PolicyAssociation>;

/** All that a rebind needs to make an entry again, read just before the delete. */
export const Snapshot = v.object({
  schemaVersion,
  entryArn: text,
  createdAt: IsoTime,
  type: text,
  /** Absent where AWS makes it and refuses it on input (node types) or where it is the default. */
  username: v.optional(v.string()),
  kubernetesGroups: v.optional(v.array(v.string())),
  tags: v.record(v.string(), v.string()),
  /** Tags with the prefix `aws:`, which nobody may write: lost by a rebind, named in its outcome. */
  lostTags: v.record(v.string(), v.string()),
  policies: v.array(PolicyAssociation),
});
export type Snapshot = v.InferOutput<typeof Snapshot>;

/** One rule's judgement, in words, with what it stands on. */
export const Reason = v.object({ rule: text, explanation: v.string(), evidence: v.record(v.string(), v.unknown()) });
export type Reason = v.InferOutput<typeof Reason>;

/** What the guard says. */
export const Decision = v.object({ action: v.picklist(['rebind', 'ask', 'refuse']), reasons: v.array(Reason) });
export type Decision = v.InferOutput<typeof Decision>;

/** How an entry stands to its principal (see docs/how-it-works.md for each). */
const VERDICTS = ['stale', 'healthy', 'unproven', 'orphaned', 'missing', 'unknown', 'notApplicable'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The ends of `rebind-entry`, each a state of its own in the state machine. Public: renaming one is a changelog line. */
export const REBIND_OUTCOMES = [
  'Rebound',
  'NotStale',
  'Refused',
  'NeedsApproval',
  'Denied',
  'Unanswered',
  'LeftToOwner',
  'Superseded',
  'KeepsChanging',
] as const;

/** All that can be announced of an entry: how its rebind ended, or what became of it as an orphan. Public, too. */
export const OUTCOMES = [...REBIND_OUTCOMES, 'Orphaned', 'OrphanRemoved'] as const;
export type OutcomeName = (typeof OUTCOMES)[number];

/** How it ended. `before` and `after` are what a person would compare. */
export const Outcome = v.object({
  name: v.picklist(OUTCOMES),
  reasons: v.array(Reason),
  before: v.optional(v.record(v.string(), v.unknown())),
  after: v.optional(v.record(v.string(), v.unknown())),
});
export type Outcome = v.InferOutput<typeof Outcome>;

/** Which journal an execution works on: it holds the lease while the ledger's journal has this generation and holder. */
export const JournalKey = v.object({
  entry: EntryRef,
  generation: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** ARN of the execution that may write. */
  holder: text,
});
export type JournalKey = v.InferOutput<typeof JournalKey>;

/** Where in a place or cluster nobody looked, and why. `mustSearch`: an access entry may hide there. */
export const NotSearched = v.object({
  ...Place.entries,
  clusterName: v.optional(text),
  reason: v.string(),
  mustSearch: v.boolean(),
});
export type NotSearched = v.InferOutput<typeof NotSearched>;

/** The entries that name a principal, and where nobody could look. */
export const FoundEntries = v.object({
  schemaVersion,
  entries: v.array(EntryRef),
  notSearched: v.array(NotSearched),
});
export type FoundEntries = v.InferOutput<typeof FoundEntries>;
