import { decide } from './decide.ts';
import { because, endRebind } from './end-rebind.ts';
import { askOrEnd } from './ask-or-end.ts';
import { secondsLeftToOwner } from './entry-owner.ts';
import { planned } from './journal-phases.ts';
import { writeJournal } from './lease.ts';
import type { Lease } from './lease.ts';
import { modeNotes } from './outcome-notes.ts';
import type { Cluster, Ports, PrincipalReading } from './ports.ts';
import { ownerNotes, ownerOfEntry } from './prevention.ts';
import type { Standing } from './standing-entry.ts';
import type { Judgement } from './verdict.ts';
import { goOnWith, waitFor } from './step-result.ts';
import type { StepResult } from './step-result.ts';

/** All that InspectEntry sees of an entry that stands. */
interface Seen {
  readonly standing: Standing;
  readonly judged: Judgement;
  readonly principal: PrincipalReading;
  readonly cluster: Cluster;
  readonly now: string;
}

/** Plans the rebind of an entry that stands and is stale, with a fresh snapshot, where the guard lets it. */
export async function planRebind(
  lease: Lease,
  { standing, judged, principal, cluster, now }: Seen,
  ports: Pick<Ports, 'settings' | 'ledger' | 'principals'>,
): Promise<StepResult> {
  const { key, record, journal } = lease;
  const { ledger, settings } = ports;
  const { snapshot } = standing;
  const { verdict, explanation } = judged;
  if (verdict !== 'stale') {
    return endRebind(lease, { name: 'NotStale', reasons: [because(verdict, explanation)] }, { ledger });
  }
  const decision = await decide({ entry: key.entry, record, journal, snapshot, principal, now }, ports);
  if (decision.action !== 'rebind') {
    return askOrEnd(lease, decision, {
      now,
      ledger,
      settings,
      snapshot,
      standing: '',
      isWhole: true,
      notes: [...modeNotes(cluster), ...ownerNotes(snapshot, principal)],
    });
  }
  const left = secondsLeftToOwner(ownerOfEntry(snapshot, principal), {
    createdAt: principal.createdAt,
    now,
    graceSeconds: settings.ownerGraceSeconds,
  });
  if (left > 0) return waitFor(left);
  const written = await writeJournal(lease, ledger, planned(journal, snapshot, decision.reasons));
  return 'next' in written ? written : goOnWith(snapshot);
}
