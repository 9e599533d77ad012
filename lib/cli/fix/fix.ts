import { memoryLedger } from '../../aws/memory-ledger.ts';
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
import { localPorts } from './local-ports.ts';
import { isAmiss, isPossible, type Plan, planEntries } from './plan-entries.ts';
import { resume } from './resume.ts';
import { undertake } from './undertake.ts';

/** Rebinds stale entries: shows the plan, asks, and does it with the person's own credentials. */
export async function fix(options: FixOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.resume !== undefined) return resume({ ...options, resume: options.resume }, terminal);
  const session = await openSession(options, terminal);
  const interruption = listenForStop(terminal);
  const service = await findService(session, options.namePrefix);
  if (service) throw new UsageError('the service is deployed here');
  const scanned = await scanFor(session, options, terminal, interruption);
  if (scanned === 'stopped') return interruption.exitCode() ?? 1;
  const stale = scanned.entries.filter(({ verdict }) => verdict === 'stale').map(refOf);
  const { clock } = session.runtime;
  const { concurrency } = options;
  const plan = await planEntries(stale, { ports: localPorts(session, memoryLedger()), clock, concurrency });
  checkLimit(plan, scanned.summary.entries, options);

  let ledger: FileLedger | undefined;
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
      open() {
        const path = options.ledger ?? ledgerPath(clock.now());
        ledger = createFileLedger(path, session.accountId);
        terminal.io.stderr(
          `what is there now is remembered in ${path}; if this is cut short: eks-rebind fix --resume ${path}`,
        );
        return { ports: localPorts(session, ledger), ledger: path };
      },
      planAgain: (changed, ports) =>
        planEntries(
          changed.map(({ entry }) => entry),
          { ports, clock, concurrency },
        ),
    });
  } finally {
    ledger?.close();
  }
}

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
