import * as v from 'valibot';
import { readChange } from './change-event.ts';
import type { PrincipalChange } from './change-event.ts';
import { accountsOf, placesOf } from './places.ts';
import type { Ports } from './ports.ts';
import { SCHEMA_VERSION } from './shapes.ts';
import type { Place } from './shapes.ts';

/** The whole event as EventBridge delivered it; ReadEvent itself says what is wrong with it. */
export const ReadEventInput = v.object({ schemaVersion: v.literal(SCHEMA_VERSION), event: v.unknown() });
export type ReadEventInput = v.InferOutput<typeof ReadEventInput>;

/** What the event says, and where to look because of it. */
export interface ReadEventOutput {
  readonly schemaVersion: 1;
  readonly change: PrincipalChange;
  readonly places: readonly Place[];
}

/** Reads what the event tells of which principal. It only says where to look: all else is read anew. */
export async function readEvent(
  { event }: ReadEventInput,
  ports: Pick<Ports, 'ownAccount' | 'settings'>,
): Promise<ReadEventOutput> {
  return { schemaVersion: SCHEMA_VERSION, change: ofOurAccounts(readChange(event), ports), places: placesOf(ports) };
}

/** What befalls a principal that nobody here can read is no news: its entries are left as they are. */
function ofOurAccounts(change: PrincipalChange, ports: Pick<Ports, 'ownAccount' | 'settings'>): PrincipalChange {
  if (change.kind === 'ignored' || accountsOf(ports).includes(change.principal.accountId)) return change;
  const { principal, eventTime, cause } = change;
  const { kind, name, accountId } = principal;
  const reason = `PrincipalOfOtherAccount: ${kind} '${name}' is of account ${accountId}, which is neither the service's own nor a configured member account`;
  return { schemaVersion: SCHEMA_VERSION, kind: 'ignored', reason, eventTime, cause };
}
