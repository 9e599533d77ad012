import { memoryLedger } from '../../aws/memory-ledger.ts';
import type { PlannedRebind } from '../../core/plan-fix.ts';
import type { EntryRef } from '../../core/shapes.ts';
import { mostRebinds } from '../../core/rebind-limit.ts';
import type { FixOptions } from '../commands/fix-command.ts';
import { type ExitCode, type Terminal, UsageError } from '../io.ts';
import { scanAll } from '../scan/scan-all.ts';
import type { ScanResult } from '../scan/scan-result.ts';
import { findService } from '../service/find-service.ts';
import { openSession } from '../session/open-session.ts';
import type { Session } from '../session/session.ts';
import { createFileLedger, type FileLedger } from './file-ledger.ts';
import { type Interruption, listenForStop } from './interruption.ts';
import { localMeans } from './local-means.ts';
import { type LocalPorts, localPorts } from './local-ports.ts';
import { isAmiss, isPossible, type Plan, planEntries } from './plan-entries.ts';
import { resume, resumption } from './resume.ts';
import { serviceMeans, servicePorts } from './service-means.ts';
import { type Means, undertake } from './undertake.ts';

/** Rebinds stale entries: shows the plan, asks, and does it with the person's own credentials. */
export async function fix(options: FixOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.resume !== undefined) return resume({ ...options, resume: options.resume }, terminal);
  const session = await openSession(options, terminal);
  const interruption = listenForStop(terminal);
  const service = await findService(session, options.namePrefix);
  if (service && options.ledger !== undefined) {
    throw new UsageError(`the service is deployed here, and remembers in ${service.ledgerTable}; leave --ledger out`);
  }
  const scanned = await scanFor(session, options, terminal, interruption);
  if (scanned === 'stopped') return interruption.exitCode() ?? 1;
  const stale = scanned.entries.filter(({ verdict }) => verdict === 'stale').map(refOf);
  const { clock } = session.runtime;
  const { concurrency } = options;
  const ports = service ? servicePorts(session, service) : localPorts(session, memoryLedger());
  const again = (from: LocalPorts) => (refs: readonly EntryRef[]) =>
    planEntries(refs, { ports: from, clock, concurrency });
  const plan = await again(ports)(stale);
  checkLimit(plan, scanned.summary.entries, options);

  const { progress, stderr } = terminal.io;
  const world = { session, interruption, concurrency, progress };
  let ledger: FileLedger | undefined;
  function openHere(): Means {
    const path = options.ledger ?? ledgerPath(clock.now());
    ledger = createFileLedger(path, session.accountId);
    stderr(`what is there now is remembered in ${path}; if this is cut short: ${resumption(path)}`);
    const here = localPorts(session, ledger);
    return localMeans({
      ...world,
      ports: here,
      ledger: path,
      goOn: resumption(path),
      planAgain: (changed) => again(here)(refsOf(changed)),
    });
  }
  try {
    return await undertake({
      session,
      terminal,
      interruption,
      options,
      plan,
      notScanned: scanned.notEvaluated,
      lookedAt: scanned.summary.entries,
      verb: 'rebound',
      open: () =>
        service
          ? serviceMeans({ ...world, service, planAgain: (changed) => again(ports)(refsOf(changed)) })
          : openHere(),
    });
  } finally {
    ledger?.close();
  }
}

const refsOf = (planned: readonly PlannedRebind[]) => planned.map(({ entry }) => entry);

async function scanFor(
  session: Session,
  { cluster, role, principalArn, concurrency }: FixOptions,
  { io }: Terminal,
  interruption: Interruption,
): Promise<ScanResult | 'stopped'> {
  const principal = principalArn ?? role;
  const selection = { ...(cluster && { clusters: cluster }), ...(principal !== undefined && { principal }) };
  const scan = scanAll(
    session,
    { ...selection, concurrency },
    ({ clusters, entries, stale }) =>
      io.progress(`clusters ${clusters.done}/${clusters.total}  entries ${entries}  stale ${stale}`),
    () => interruption.isInterrupted(),
  );
  const scanned = await interruption.orStopped(scan);
  io.progress('');
  return scanned;
}

const refOf = ({ accountId, region, clusterName, principalArn }: ScanResult['entries'][number]) => {
  return { accountId, region, clusterName, principalArn };
};

/** Stops a run that would change more than whoever started it thought. */
function checkLimit({ entries }: Plan, lookedAt: number, { maxRebinds }: FixOptions): void {
  if (!maxRebinds) return;
  const count = entries.filter((one) => isAmiss(one) && isPossible(one)).length;
  const most = mostRebinds(maxRebinds, lookedAt);
  if (count <= most) return;
  const limit = 'count' in maxRebinds ? `${most}` : `${maxRebinds.percent}% of ${lookedAt}, ${most}`;
  throw new UsageError(
    `${count} entries are to be rebound, and --max-rebinds lets it be ${limit} at the most; nothing was changed`,
  );
}

/** In the working folder, by the time: one a run. */
const ledgerPath = (now: number) =>
  `eks-rebind-${new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')}.ledger.jsonl`;
