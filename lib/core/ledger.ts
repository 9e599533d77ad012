import type { Cause, EntryRef, Incarnation, Outcome, Principal, Reason, Snapshot } from './shapes.ts';

/** How far a rebind has come. Only `deleting` may lead to a create; `closed` carries the outcome. */
type Phase = 'planned' | 'deleting' | 'created' | 'closed';

/** The journal of an entry's latest rebind: what was meant, how far it came, and what is needed to finish it. */
export interface Journal {
  /** Counts up with each allocation; an execution with an earlier one has lost its lease. */
  readonly generation: number;
  /** ARN of the execution that may write. */
  readonly holder: string;
  readonly incarnation: Incarnation;
  /** Counts from 1 within an incarnation. */
  readonly attempt: number;
  readonly phase: Phase;
  readonly cause: Cause;
  /** When it was allocated; anything made later may be ours. */
  readonly startedAt: string;
  readonly snapshot?: Snapshot;
  /** What a person wants replaced by the snapshot, as they were shown it: an undo. Absent where the entry is made again as it stood. */
  readonly replaces?: Snapshot;
  /** The entry's `modifiedAt` as Preflight read it last. */
  readonly modifiedAt?: string;
  /** Preflight's own token: it tells a probe that wrongly succeeded from an owner's entry. */
  readonly probeToken?: string;
  /** When phase `deleting` was written, before the delete was sent; by which execution, and for which incarnation. */
  readonly deletingSince?: string;
  readonly deletedBy?: string;
  readonly deletedFor?: string;
  /** Why it isn't known whether the entry is gone by our hand or by its owner's; a person has to say. */
  readonly doubt?: string;
  readonly newEntryArn?: string;
  /** The guard's reasons for letting it happen; where people were asked, the first tells who approved. */
  readonly allowedBy?: readonly Reason[];
  /** Since when a delete of ours has had no answer: it may still strike, the new entry too. */
  readonly unclearSince?: string;
  /** How many entries were to be rebound for the same cause when this one was allocated. */
  readonly batchSize?: number;
  /** The entry was removed as orphaned: its snapshot is kept, and making it again is for a person to decide. */
  readonly isRemoval?: true;
  /** Since when the new entry can't be seen as it was written: EKS may still be behind, or an owner was there. */
  readonly unexpectedSince?: string;
  readonly outcome?: Outcome;
}

/** A journal whose entry may be gone by our own hand. The snapshot and the time are in the same write as the phase. */
export type PastDelete = Journal & {
  readonly phase: 'deleting' | 'created';
  readonly snapshot: Snapshot;
  readonly deletingSince: string;
};

/** Whether the entry may be gone by our own hand: until it is back, the journal holds all that is left of it. */
export function isPastDelete(journal: Journal | undefined): journal is PastDelete {
  return journal?.phase === 'deleting' || journal?.phase === 'created';
}

/** What the guard wants a person to say about one entry and one incarnation. */
export interface AskedQuestion {
  readonly principalId: string;
  readonly askedAt: string;
  readonly rules: readonly string[];
  /** Of exactly what is asked: entry ARN, incarnation, snapshot, trust. Approved is this and nothing else. */
  readonly digest: string;
  /** The guard's reasons in words, as people are told them. */
  readonly why?: readonly string[];
  /** The question that people were sent about it, once they were. */
  readonly questionId?: string;
}

/** A person's answer, with the identity that AWS vouches for. */
export interface Answer {
  readonly verdict: 'approved' | 'denied';
  readonly by: string;
  readonly at: string;
}

/** One question to people: all entries of one incarnation that came to it together. Its answer is in this one place. */
export interface Question {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly principal: Principal;
  readonly incarnation: Incarnation;
  /** What was asked about each entry (`AskedQuestion.digest`). */
  readonly digests: readonly string[];
  readonly askedAt: string;
  /** When executions stop waiting for an answer. */
  readonly expiresAt: string;
  /** When the notification was sent. */
  readonly notifiedAt?: string;
  /** Oldest first; the last one counts. */
  readonly answers: readonly Answer[];
}

/** An execution that waits for an answer. The task token ends its wait: it is kept nowhere but here. */
export interface WaitingExecution {
  readonly questionId: string;
  readonly taskToken: string;
  readonly executionArn: string;
}

/** Who made or deleted the principal, as an event told. Whoever did may not approve. */
export interface PrincipalActor {
  readonly did: 'created' | 'deleted';
  readonly actorArn: string;
  readonly at: string;
}

/** All that is remembered of one access entry: inventory and journal. */
export interface LedgerRecord {
  readonly schemaVersion: 1;
  readonly entry: EntryRef;
  readonly entryArn?: string;
  readonly createdAt?: string;
  readonly type?: string;
  /** The incarnation the entry was last seen bound to (verdict `healthy`, or after our verified rebind). */
  readonly bound?: Incarnation;
  /** The trust policy of `bound`, normalised and hashed. Kept through deletion. */
  readonly boundFingerprint?: string;
  /** When `bound` was last seen alive. */
  readonly lastSeenAliveAt?: string;
  /** When an event last told that the principal was deleted. */
  readonly deletionNotedAt?: string;
  /** Since when IAM has shown no such principal, as the inventory saw it. */
  readonly absentSince?: string;
  /** When people were last told that the entry is orphaned; once for each absence. */
  readonly orphanReportedAt?: string;
  /** Ids of the principal's incarnations seen so far, newest last. */
  readonly knownPrincipalIds: readonly string[];
  readonly asked: readonly AskedQuestion[];
  readonly waiting?: WaitingExecution;
  /** Since the incarnation was made that the entry was bound to before this one. */
  readonly actors?: readonly PrincipalActor[];
  /** When the entry was rebound, the latest times last: what the circuit breaker counts. */
  readonly rebounds?: readonly string[];
  readonly journal?: Journal;
}

/** A record with the version that a conditional write has to name. */
export interface Versioned {
  readonly record: LedgerRecord;
  readonly version: number;
}

/** A question with the version that a conditional write has to name. */
export interface VersionedQuestion {
  readonly question: Question;
  readonly version: number;
}

/** The memory of the service. Every write is a conditional write of a single record or question. */
export interface Ledger {
  read(entry: EntryRef): Promise<Versioned | undefined>;
  /** Writes if the stored version is still `expected` (0: no record yet); answers whether it did. */
  write(record: LedgerRecord, expected: number): Promise<'written' | 'conflict'>;
  /** Every record of the principal, whatever the path or case of its ARN. */
  ofPrincipal(principal: Principal): Promise<LedgerRecord[]>;
  /** Every record of a cluster's entries. May be some seconds behind. */
  ofCluster(cluster: Pick<EntryRef, 'accountId' | 'region' | 'clusterName'>): Promise<LedgerRecord[]>;
  /** Every record whose journal is past the delete and not closed. May be some seconds behind. */
  withOpenJournal(): Promise<LedgerRecord[]>;
  readQuestion(id: string): Promise<VersionedQuestion | undefined>;
  /** Writes if the stored version is still `expected` (0: no such question yet); answers whether it did. */
  writeQuestion(question: Question, expected: number): Promise<'written' | 'conflict'>;
}
