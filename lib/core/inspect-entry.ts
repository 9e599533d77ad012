import * as v from 'valibot';
import { because, endRebind } from './end-rebind.ts';
import { judgeEntry } from './entry-verdict.ts';
import { takeOver } from './inherited-journal.ts';
import { takeLease } from './lease.ts';
import { isPastDelete } from './ledger.ts';
import { reopenInDoubt } from './left-to-owner.ts';
import { readLiving } from './living-principal.ts';
import { planRebind } from './plan-rebind.ts';
import { planRestore } from './plan-restore.ts';
import type { Ports } from './ports.ts';
import { readSameCluster } from './same-cluster.ts';
import { readStanding } from './standing-entry.ts';
import { StepInput } from './step-result.ts';
import type { StepResult } from './step-result.ts';

const ROUNDS = 3;

/** What InspectEntry is told. */
export const InspectEntryInput = v.object({
  ...StepInput.entries,
  /** How often the workflow came back here: three rounds, then `KeepsChanging`. */
  round: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
export type InspectEntryInput = v.InferOutput<typeof InspectEntryInput>;

/** Looks at an entry and its principal as they are now, and plans the rebind where it is needed and the guard lets it. */
export async function inspectEntry(
  input: InspectEntryInput,
  ports: Pick<Ports, 'settings' | 'ledger' | 'principals' | 'clusters' | 'accessEntries' | 'metrics'>,
): Promise<StepResult> {
  const { now, round } = input;
  const { ledger } = ports;
  const lease = await takeLease(input, ledger);
  if ('next' in lease) return lease;
  const { key, journal } = lease;
  // A wait for people that ended without their answer is no change of the entry.
  const isUnanswered = lease.record.waiting?.executionArn === key.holder;
  if (round >= ROUNDS && !isUnanswered) {
    const reason = because(
      'ChangedEveryRound',
      `the entry changed in each of ${ROUNDS} rounds while it was being rebound`,
    );
    return endRebind(lease, { name: 'KeepsChanging', reasons: [reason] }, { ledger });
  }

  const cluster = await readSameCluster(lease, ports);
  if ('next' in cluster) return cluster;
  if (cluster.authenticationMode === 'CONFIG_MAP') {
    const reason = because('notApplicable', 'the cluster has no access entries: its authentication mode is CONFIG_MAP');
    return endRebind(lease, { name: 'NotStale', reasons: [reason] }, { ledger });
  }

  const principal = await readLiving(lease, ports);
  if ('next' in principal) return principal;
  const standing = await readStanding(key.entry, ports.accessEntries);

  const isDoubtful = !standing && journal.deletingSince !== undefined && !isPastDelete(journal);
  const inherited = isDoubtful ? await reopenInDoubt(lease, ledger) : lease;
  if ('next' in inherited) return inherited;
  const { authenticationMode } = cluster;
  const { settleSeconds } = ports.settings;
  const judged =
    standing &&
    judgeEntry({ entry: standing.entry, principal, record: lease.record, authenticationMode, settleSeconds });
  const isMissing = !standing && isPastDelete(inherited.journal);
  if (isMissing || judged?.verdict === 'stale') ports.metrics.record({ AccessEntryValidationErrors: 1 });

  if (isPastDelete(inherited.journal)) {
    const taken = await takeOver(inherited, inherited.journal, { standing, principal, now }, ports);
    if (taken) return taken;
  }
  const { replaces: shown, snapshot: wanted } = inherited.journal;
  if (standing && shown && wanted) {
    return planRestore(inherited, { standing, shown, wanted, principal, cluster, now }, ports);
  }
  if (standing && judged) return planRebind(lease, { standing, judged, principal, cluster, now }, ports);
  return endRebind(lease, { name: 'NotStale', reasons: [because('EntryGone', 'there is no such entry')] }, { ledger });
}
