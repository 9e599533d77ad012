import type { FixOptions } from '../commands/fix-command.ts';
import { type ExitCode, type Terminal, UsageError } from '../io.ts';
import { openSession } from '../session/open-session.ts';
import { type FileLedger, openFileLedger } from './file-ledger.ts';
import { listenForStop } from './interruption.ts';
import { localMeans } from './local-means.ts';
import { localPorts } from './local-ports.ts';
import { planEntries } from './plan-entries.ts';
import { undertake } from './undertake.ts';

/** Finishes what a ledger file says was begun: what was deleted is made again, after a person has looked at it anew. */
export async function resume(options: FixOptions & { readonly resume: string }, terminal: Terminal): Promise<ExitCode> {
  const ledger = openFileLedger(options.resume, terminal.io.stderr);
  try {
    return await resumeFrom(ledger, options, terminal);
  } finally {
    ledger.close();
  }
}

async function resumeFrom(ledger: FileLedger, options: FixOptions, terminal: Terminal): Promise<ExitCode> {
  const { path, accountId } = ledger;
  const begun = ledger.records().filter(({ journal }) => journal !== undefined && journal.phase !== 'closed');
  const region = options.region ?? regionsOf(ledger);
  if (region.length === 0) throw new UsageError(`nothing was begun in ledger file '${path}'`);
  const session = await openSession({ ...options, region, account: accountId }, terminal);
  const { clock } = session.runtime;
  const { concurrency } = options;
  const ports = localPorts(session, ledger);
  const refs = begun.map(({ entry }) => entry);
  const interruption = listenForStop(terminal);
  const again = (entries: typeof refs) => planEntries(entries, { ports, clock, concurrency });
  return undertake({
    session,
    terminal,
    interruption,
    options,
    plan: await again(refs),
    lookedAt: refs.length,
    verb: 'rebound',
    open: () =>
      localMeans({
        session,
        ports,
        interruption,
        concurrency,
        progress: terminal.io.progress,
        ledger: path,
        goOn: resumption(path),
        planAgain: (changed) => again(changed.map(({ entry }) => entry)),
      }),
  });
}

/** The command that goes on with a ledger file. */
export const resumption = (path: string): string => `eks-rebind fix --resume ${path}`;

/** Where the entries of a ledger file are. */
export const regionsOf = (ledger: FileLedger): string[] => [
  ...new Set(ledger.records().map(({ entry }) => entry.region)),
];
