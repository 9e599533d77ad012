import * as v from 'valibot';
import { readChange } from './change-event.ts';
import type { PrincipalChange } from './change-event.ts';
import type { Ports } from './ports.ts';
import { SCHEMA_VERSION } from './shapes.ts';

/** The whole event as EventBridge delivered it; ReadEvent itself says what is wrong with it. */
export const ReadEventInput = v.object({ schemaVersion: v.literal(SCHEMA_VERSION), event: v.unknown() });
export type ReadEventInput = v.InferOutput<typeof ReadEventInput>;

/** What the event says, and where to look because of it. */
export interface ReadEventOutput {
  readonly schemaVersion: 1;
  readonly change: PrincipalChange;
  readonly regions: readonly string[];
}

/** Reads what the event tells of which principal. It only says where to look: all else is read anew. */
export async function readEvent(
  { event }: ReadEventInput,
  { settings }: Pick<Ports, 'settings'>,
): Promise<ReadEventOutput> {
  return { schemaVersion: SCHEMA_VERSION, change: readChange(event), regions: settings.regions };
}
