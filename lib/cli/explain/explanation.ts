import type { EntryRef, Verdict } from '../../core/shapes.ts';

/** What a verdict stands on, as far as it could be read. Times are ISO 8601 in UTC. */
export interface Evidence {
  readonly entryArn?: string;
  readonly entryCreatedAt?: string;
  readonly principalCreatedAt?: string;
  /** The principal's unique id, as IAM has it now. The one that the entry is bound to no API tells. */
  readonly principalId?: string;
  readonly authenticationMode?: string;
  /** Against the one that the service recorded while the entry was healthy. */
  readonly trustPolicy: 'unchanged' | 'changed' | 'not known';
  readonly trustPolicyWhy?: string;
  /** Those that hold the role, for entries that nodes join by. */
  readonly instanceProfiles?: readonly string[];
  readonly nodeGroups: readonly string[];
  /** With their scopes. */
  readonly policies?: readonly string[];
  readonly owner?: string;
}

/** Why an entry has its verdict, and what to do. */
export interface Explanation extends EntryRef {
  readonly verdict: Verdict | 'noEntry';
  readonly explanation: string;
  readonly type?: string;
  readonly evidence: Evidence;
  /** What else whoever reads it should know. */
  readonly notes: readonly string[];
  readonly whatToDo: readonly string[];
  /** Commands that show the evidence; they only read. */
  readonly checkByHand: readonly string[];
}
