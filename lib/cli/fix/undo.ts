import { existsSync } from 'node:fs';
import type { LedgerRecord } from '../../core/ledger.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { UndoOptions } from '../commands/undo-command.ts';
import { type ExitCode, type Terminal, UsageError } from '../io.ts';
import { openSession } from '../session/open-session.ts';
import type { Session } from '../session/session.ts';
import { openFileLedger } from './file-ledger.ts';
import { listenForStop } from './interruption.ts';
import { localMeans } from './local-means.ts';
import { localPorts } from './local-ports.ts';
import { planUndoing } from './plan-entries.ts';
import { regionsOf } from './resume.ts';
import { rememberedExecution } from './remembered-execution.ts';
import { undertake } from './undertake.ts';

// As many entries as one file may hold; one at a time would take a quarter of a minute each.
const AT_ONCE = 8;

/** Gives entries back what they held before a rebind, where it has since been changed or lost. */
export async function undo(options: UndoOptions, terminal: Terminal): Promise<ExitCode> {
  const { source } = options;
  if (existsSync(source)) return undoFile(options, terminal);
  if (/\.jsonl$|\//.test(source)) throw new UsageError(`there is no ledger file '${source}'`);
  const session = await openSession(options, terminal);
  const { ledger, record, name } = await rememberedExecution(session, options);
  return undoRecords({ session, ledger, records: [record], name }, options, terminal);
}

async function undoFile(options: UndoOptions, terminal: Terminal): Promise<ExitCode> {
  const { source } = options;
  const ledger = openFileLedger(source, terminal.io.stderr);
  try {
    const region = options.region ?? regionsOf(ledger);
    if (region.length === 0)
      throw new UsageError(`nothing was begun in ledger file '${source}': there is nothing to undo`);
    const session = await openSession({ ...options, region, account: ledger.accountId }, terminal);
    return await undoRecords({ session, ledger, records: ledger.records(), name: source }, options, terminal);
  } finally {
    ledger.close();
  }
}

interface Remembered {
  readonly session: Session;
  readonly ledger: Ledger;
  readonly records: readonly LedgerRecord[];
  /** What the ledger is called in front of people. */
  readonly name: string;
}

async function undoRecords(
  { session, ledger, records, name }: Remembered,
  options: UndoOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const ports = localPorts(session, ledger);
  const interruption = listenForStop(terminal);
  const again = (remembered: readonly LedgerRecord[]) =>
    planUndoing(remembered, { ports, clock: session.runtime.clock, concurrency: AT_ONCE });
  return undertake({
    session,
    terminal,
    interruption,
    options,
    plan: await again(records),
    lookedAt: records.length,
    verb: 'restored',
    open: () =>
      localMeans({
        session,
        ports,
        interruption,
        concurrency: AT_ONCE,
        progress: terminal.io.progress,
        ledger: name,
        goOn: `eks-rebind undo ${options.source}`,
        async planAgain(changed) {
          const read = await Promise.all(changed.map(({ entry }) => ledger.read(entry)));
          return again(read.flatMap((found) => found?.record ?? []));
        },
      }),
  });
}
