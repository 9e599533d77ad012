import { followUpOrphan } from './follow-up-orphan.ts';
import type { OrphanPorts } from './follow-up-orphan.ts';
import { SCHEMA_VERSION } from './shapes.ts';
import type { EntryRef } from './shapes.ts';
import type { Sweep } from './sweep-rebinds.ts';
import { orTell } from './sweep-tally.ts';

/** Follows the orphan policy for each orphaned entry whose principal had its time to come back. */
export async function followUpOrphans(
  orphans: readonly EntryRef[],
  { tally, now, executionArn }: Sweep,
  ports: OrphanPorts,
): Promise<void> {
  const cause = { kind: 'sweep' as const, sourceExecutionArn: executionArn };
  for (const entry of orphans) {
    await orTell(tally, entry, async () => {
      const absentSince = (await ports.ledger.read(entry))?.record.absentSince;
      const absentSeconds = (Date.parse(now) - Date.parse(String(absentSince))) / 1000;
      if (!(absentSeconds >= ports.settings.graceSeconds)) return;
      await followUpOrphan({ schemaVersion: SCHEMA_VERSION, entry, now, executionArn, cause }, ports);
    });
  }
}
