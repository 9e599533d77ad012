/**
 * What to do about an error: `retry` (a Retry in the state machine lists it), `fix-input` (the message says what is
 * wrong), `report` (a person decides, then redrives).
 */
export type Remedy = 'retry' | 'fix-input' | 'report';

/** An expected failure. Its literal `name` is what Step Functions matches and what docs/runbook.md has an entry for. */
export abstract class AppError extends Error {
  abstract override readonly name: string;
  abstract readonly remedy: Remedy;
}

/** What came in isn't what the step takes. */
export class InvalidInput extends AppError {
  override readonly name = 'InvalidInput';
  override readonly remedy = 'fix-input';
}

/** AWS asked to slow down, and went on asking after our own retries. */
export class AwsThrottled extends AppError {
  override readonly name = 'AwsThrottled';
  override readonly remedy = 'retry';
}

/** AWS answered with a server error or not at all, and went on doing so after our own retries. */
export class AwsUnavailable extends AppError {
  override readonly name = 'AwsUnavailable';
  override readonly remedy = 'retry';
}

/** EKS doesn't see the principal yet (`invalid principal`): IAM is eventually consistent, or the principal is gone. */
export class PrincipalNotPropagated extends AppError {
  override readonly name = 'PrincipalNotPropagated';
  override readonly remedy = 'retry';
}

/** EKS doesn't see the entry yet that was just created. */
export class EntryNotPropagated extends AppError {
  override readonly name = 'EntryNotPropagated';
  override readonly remedy = 'retry';
}

/** The entry doesn't read back as it was written. */
export class EntryNotAsWritten extends AppError {
  override readonly name = 'EntryNotAsWritten';
  override readonly remedy = 'retry';
}

/** Another writer kept changing the same ledger record. */
export class LedgerContended extends AppError {
  override readonly name = 'LedgerContended';
  override readonly remedy = 'retry';
}

/** It is unknown whether EKS deleted the entry: the answers were lost. */
export class DeleteUnclear extends AppError {
  override readonly name = 'DeleteUnclear';
  override readonly remedy = 'retry';
}

/** The cluster is being created, changed or deleted: its access entries can be neither read nor written. */
export class ClusterNotReady extends AppError {
  override readonly name = 'ClusterNotReady';
  override readonly remedy = 'retry';
}

/** EKS refuses to make this entry again exactly as it is. Said before anything was deleted. */
export class CannotRecreate extends AppError {
  override readonly name = 'CannotRecreate';
  override readonly remedy = 'report';
}

/** IAM went on showing different things about the principal for longer than we wait. */
export class IamNotSettled extends AppError {
  override readonly name = 'IamNotSettled';
  override readonly remedy = 'report';
}

/** A region or cluster could still not be searched. A redrive searches just those. */
export class RegionNotSearched extends AppError {
  override readonly name = 'RegionNotSearched';
  override readonly remedy = 'report';
}

/** There is nothing to wait for: the question has its answer or its time is over. The workflow looks again at once. */
export class AlreadyAnswered extends AppError {
  override readonly name = 'AlreadyAnswered';
  override readonly remedy = 'report';
}

/** The service's own environment is wrong. */
export class InvalidSettings extends AppError {
  override readonly name = 'InvalidSettings';
  override readonly remedy = 'fix-input';
}

/** A step was started without a ledger: nothing that it deletes would be remembered. */
export class LedgerNotConfigured extends AppError {
  override readonly name = 'LedgerNotConfigured';
  override readonly remedy = 'fix-input';
}

/** What the ledger holds isn't what was asked for, or another release wrote it: nothing is done on a guess. */
export class LedgerUnreadable extends AppError {
  override readonly name = 'LedgerUnreadable';
  override readonly remedy = 'report';
}

/** STS let nobody into a member account: its role isn't there, or asks for something else than we come with. */
export class MemberAccessDenied extends AppError {
  override readonly name = 'MemberAccessDenied';
  override readonly remedy = 'report';
}

/** The cluster is in an account that is neither the service's own nor one of its members. */
export class ClusterOfOtherAccount extends AppError {
  override readonly name = 'ClusterOfOtherAccount';
  override readonly remedy = 'report';
}

/** IAM here can't tell about a principal of another account. */
export class PrincipalOfOtherAccount extends AppError {
  override readonly name = 'PrincipalOfOtherAccount';
  override readonly remedy = 'report';
}

/** The heartbeat's call was not denied: its function may delete roles, and must not. */
export class HeartbeatAllowed extends AppError {
  override readonly name = 'HeartbeatAllowed';
  override readonly remedy = 'report';
}
