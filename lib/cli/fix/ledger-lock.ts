import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { UsageError } from '../io.ts';
import { hasCode } from './error-code.ts';

/**
 * Locks a ledger file for this process, by a file beside it that only one can make (O_EXCL). The lock of a process of this
 * machine that is gone, killed perhaps, is taken over; any other is not. Answers how to let go.
 */
export function lockLedger(path: string): () => void {
  const lock = `${path}.lock`;
  const own = `${process.pid} ${hostname()}\n`;
  if (!make(lock, own) && !takeOver(path, own) && !make(lock, own)) throw inUse(path);
  return () => rmSync(lock, { force: true });
}

/**
 * Puts our own lock in the place of one whose holder is gone. Two may try at once: only one can make the claim, and it looks
 * at the lock after that, since another may have been through with it before. False: the lock is gone by now.
 */
function takeOver(path: string, own: string): boolean {
  const [lock, claim] = [`${path}.lock`, `${path}.lock.claim`];
  if (!make(claim, own)) throw new UsageError(`another process is taking over '${path}'; if none is, delete ${claim}`);
  try {
    const left = readIfThere(lock);
    if (left === undefined) return false;
    if (isHeld(left)) throw inUse(path, left);
    renameSync(claim, lock);
    return true;
  } finally {
    rmSync(claim, { force: true });
  }
}

function make(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Whether its holder may live: of another machine, or of a lock that can't be read, nobody can tell from here. */
function isHeld(lock: string): boolean {
  const [, pid, host] = /^(\d+) (.+)\n$/.exec(lock) ?? [];
  if (pid === undefined || host !== hostname()) return true;
  try {
    // Signal 0 only asks whether the process is there.
    return process.kill(Number(pid), 0);
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}

const inUse = (path: string, lock?: string) =>
  new UsageError(
    `ledger file '${path}' is in use${lock ? ` by process ${lock.trim().replace(' ', ' on ')}` : ''}; wait until it ends, or, ` +
      `if it is no eks-rebind, delete ${path}.lock`,
  );
