import type { LedgerRecord, PrincipalActor } from './ledger.ts';
import { isSameJson } from './same-json.ts';
import type { Cause } from './shapes.ts';

// Enough for a principal that is made anew all day; older ones would only make the record grow.
const KEPT = 20;

/** The record with who made the principal, where the cause is an event that tells. */
export function withCreator(
  record: LedgerRecord,
  { eventName, actorArn, eventTime }: Cause,
  now: string,
): LedgerRecord {
  const isCreation = eventName === 'CreateRole' || eventName === 'CreateUser';
  if (!isCreation || actorArn === undefined) return record;
  return withActor(record, { did: 'created', actorArn, at: eventTime ?? now });
}

/** The record with who deleted the principal, where the event tells. */
export function withDeleter(record: LedgerRecord, cause: Cause | undefined, eventTime: string): LedgerRecord {
  if (cause?.actorArn === undefined) return record;
  return withActor(record, { did: 'deleted', actorArn: cause.actorArn, at: eventTime });
}

/** An event that is delivered twice is noted once. */
function withActor(record: LedgerRecord, actor: PrincipalActor): LedgerRecord {
  const { actors = [] } = record;
  if (actors.some((known) => isSameJson(known, actor))) return record;
  return { ...record, actors: [...actors, actor].slice(-KEPT) };
}
