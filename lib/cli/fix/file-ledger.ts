import { existsSync } from 'node:fs';
import { memoryLedger } from '../../aws/memory-ledger.ts';
import { AppError, LedgerUnreadable } from '../../core/errors.ts';
import type { Ledger, LedgerRecord } from '../../core/ledger.ts';
import { type LedgerLine, readLedgerLine, writeLedgerLine } from '../../core/ledger-line.ts';
import { SCHEMA_VERSION } from '../../core/shapes.ts';
import { UsageError } from '../io.ts';
import { hasCode } from './error-code.ts';
import { lockLedger } from './ledger-lock.ts';
import { createLineFile, type LineFile, openLineFile } from './line-file.ts';

/** A ledger in one file on this machine, locked for this process until it is closed. */
export interface FileLedger extends Ledger {
  readonly path: string;
  readonly accountId: string;
  /** Every record, as it was written last. */
  records(): LedgerRecord[];
  close(): void;
}

/** The disk did not take a write: nothing more may be changed that could not be remembered. */
class LedgerUnwritable extends AppError {
  override readonly name = 'LedgerUnwritable';
  override readonly remedy = 'report';
}

const KEEP_IT =
  'keep the file, it may hold all that is left of a deleted entry, and put it right by hand or from a copy';

/** Starts a ledger file; one that is there already is never written over. */
export function createFileLedger(path: string, accountId: string): FileLedger {
  const unlock = lockLedger(path);
  try {
    const file = createLineFile(path);
    file.append(writeLedgerLine({ kind: 'ledger', schemaVersion: SCHEMA_VERSION, accountId }));
    return fileLedger({ path, accountId, file, unlock, held: [] });
  } catch (error) {
    unlock();
    if (!hasCode(error, 'EEXIST')) throw error;
    throw new UsageError(
      `ledger file '${path}' is there already; go on with it by fix --resume ${path}, or name another`,
    );
  }
}

/** Opens a ledger file again. `note` is told of a last line that was cut off. */
export function openFileLedger(path: string, note: (line: string) => void): FileLedger {
  if (!existsSync(path)) throw new UsageError(`there is no ledger file '${path}'`);
  const unlock = lockLedger(path);
  try {
    const file = openLineFile(path);
    if (file.tornBytes > 0) {
      note(
        `note: the last line of ${path} was cut short (${file.tornBytes} bytes): a write that never ended; it is left out`,
      );
    }
    const [head, ...held] = file.lines.map((line, index) => lineIn(path, line, index + 1));
    if (head?.kind !== 'ledger') throw unreadable(path, 1, 'it is not the head of a ledger of eks-rebind');
    return fileLedger({ path, accountId: head.accountId, file, unlock, held });
  } catch (error) {
    unlock();
    throw error;
  }
}

interface Opened {
  readonly path: string;
  readonly accountId: string;
  readonly file: LineFile;
  readonly unlock: () => void;
  /** The writes that it holds, from its second line on. */
  readonly held: readonly LedgerLine[];
}

function fileLedger({ path, accountId, file, unlock, held }: Opened): FileLedger {
  const memory = memoryLedger();
  const versions = new Map<string, number>();
  const latest = new Map<string, LedgerRecord>();
  let failure: LedgerUnwritable | undefined;

  /** Takes a write into memory. It is done before anybody can look: nothing in here waits. */
  function take(line: LedgerLine): void {
    versions.set(keyOf(line), versionOf(line));
    if (line.kind === 'record') {
      latest.set(keyOf(line), line.record);
      void memory.write(line.record, line.version - 1);
    } else if (line.kind === 'question') void memory.writeQuestion(line.question, line.version - 1);
  }

  function write(line: LedgerLine): 'written' | 'conflict' {
    if (failure) throw failure;
    if ((versions.get(keyOf(line)) ?? 0) !== versionOf(line) - 1) return 'conflict';
    try {
      file.append(writeLedgerLine(line));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      failure = new LedgerUnwritable(
        `ledger file '${path}' can't be written: ${why}; make room, then fix --resume ${path}`,
      );
      throw failure;
    }
    take(line);
    return 'written';
  }

  for (const [index, line] of held.entries()) {
    const expected = (versions.get(keyOf(line)) ?? 0) + 1;
    if (line.kind === 'ledger') throw unreadable(path, index + 2, 'it is the head of another ledger');
    if (line.version !== expected) {
      throw unreadable(
        path,
        index + 2,
        `its version is ${line.version}, expected ${expected}: a line is missing or there twice`,
      );
    }
    take(line);
  }

  return {
    ...memory,
    path,
    accountId,
    write: async (record, expected) => write({ kind: 'record', version: expected + 1, record }),
    writeQuestion: async (question, expected) => write({ kind: 'question', version: expected + 1, question }),
    records: () => [...latest.values()],
    close() {
      file.close();
      unlock();
    },
  };
}

function lineIn(path: string, bytes: Uint8Array, number: number): LedgerLine {
  const line = readLedgerLine(textIn(bytes) ?? '');
  if ('unreadable' in line) throw unreadable(path, number, line.unreadable);
  return line;
}

function textIn(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const versionOf = (line: LedgerLine) => (line.kind === 'ledger' ? 0 : line.version);

function keyOf(line: LedgerLine): string {
  if (line.kind === 'question') return `question ${line.question.id}`;
  if (line.kind === 'ledger') return '';
  const { accountId, region, clusterName, principalArn } = line.record.entry;
  return JSON.stringify([accountId, region, clusterName, principalArn]);
}

const unreadable = (path: string, line: number, why: string) =>
  new LedgerUnreadable(`ledger file '${path}', line ${line}: ${why}; nothing was changed; ${KEEP_IT}`);
