import * as v from 'valibot';
import { Cause, Incarnation, IsoTime, Principal, SCHEMA_VERSION } from './shapes.ts';

const schemaVersion = v.literal(SCHEMA_VERSION);

/** What an event says happened to a principal. It only says where to look: the living principal decides. */
export const PrincipalChange = v.variant('kind', [
  v.object({
    schemaVersion,
    kind: v.literal('created'),
    principal: Principal,
    /** Absent where CloudTrail left out the answer of the call. */
    incarnation: v.optional(Incarnation),
    eventTime: IsoTime,
    cause: Cause,
  }),
  v.object({ schemaVersion, kind: v.literal('deleted'), principal: Principal, eventTime: IsoTime, cause: Cause }),
  v.object({
    schemaVersion,
    kind: v.literal('ignored'),
    reason: v.string(),
    eventTime: v.optional(IsoTime),
    cause: Cause,
  }),
]);
export type PrincipalChange = v.InferOutput<typeof PrincipalChange>;

/** Reads an EventBridge event. */
export function readChange(_event: unknown): PrincipalChange {
  return { schemaVersion: SCHEMA_VERSION, kind: 'ignored', reason: 'not written yet', cause: { kind: 'event' } };
}
