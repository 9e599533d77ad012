import type { AnsweredQuestion } from './answered-questions.ts';
import type { Answer, LedgerRecord } from './ledger.ts';
import type { PrincipalReading } from './ports.ts';
import type { Settings } from './settings.ts';
import type { Cause, EntryRef, Snapshot } from './shapes.ts';
import type { TrustFingerprint } from './trust-fingerprint.ts';

/** All that the guard's decision stands on, read at the moment of the decision. */
export interface GuardFacts {
  readonly settings: Settings;
  readonly now: string;
  readonly entry: EntryRef;
  readonly snapshot: Snapshot;
  /** The living principal. */
  readonly principal: PrincipalReading;
  /** Of the living principal's trust policy. */
  readonly trust: TrustFingerprint;
  /** Whether that trust policy is AWS's own for the entry's type (`isNodeTemplate`). */
  readonly isTemplate: boolean;
  /** The entry's own record: the trust that it was last seen bound with, and when. */
  readonly boundFingerprint?: string | undefined;
  readonly lastSeenAliveAt?: string | undefined;
  /** Every record of the principal, in every cluster. */
  readonly records: readonly LedgerRecord[];
  /** What was asked about any of its entries, and what people said. */
  readonly questions: readonly AnsweredQuestion[];
  /** The approval of exactly this: entry ARN, incarnation, snapshot and trust. */
  readonly approval?: Answer | undefined;
  readonly cause: Cause;
  /** How many entries were to be rebound for the same cause, as the journal has it. */
  readonly batchSize?: number | undefined;
  /** When this entry was rebound before. */
  readonly rebounds?: readonly string[] | undefined;
  /** Why a delete that was begun must not simply be finished, in words; absent where nothing speaks against it. */
  readonly takeover?: string | undefined;
}
