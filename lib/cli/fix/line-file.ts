import { closeSync, constants, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { hasCode } from './error-code.ts';

/** A file of lines that are safe on the disk once `append` returns. */
export interface LineFile {
  /** The lines that it held when it was opened, as bytes without their line ends. */
  readonly lines: readonly Uint8Array[];
  /** Bytes of a last line without its end, which were cut off: a write that a power loss or a kill had interrupted. */
  readonly tornBytes: number;
  append(line: string): void;
  close(): void;
}

const LINE_END = 0x0a;

/** Makes the file, for this person's eyes only; where there is one already, that is an error (`EEXIST`). */
export function createLineFile(path: string): LineFile {
  const descriptor = openSync(path, 'wx', 0o600);
  syncFolder(path);
  return lineFile(descriptor, 0, { lines: [], tornBytes: 0 });
}

/** Opens a file that is there, and cuts a torn last line off it. */
export function openLineFile(path: string): LineFile {
  // Not a link that somebody put in its place: what is opened is written to.
  const descriptor = openSync(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  const content = readFileSync(descriptor);
  const size = content.lastIndexOf(LINE_END) + 1;
  const tornBytes = content.length - size;
  if (tornBytes > 0) {
    ftruncateSync(descriptor, size);
    fsyncSync(descriptor);
  }
  return lineFile(descriptor, size, { lines: split(content.subarray(0, size)), tornBytes });
}

function lineFile(descriptor: number, startsAt: number, found: Pick<LineFile, 'lines' | 'tornBytes'>): LineFile {
  let size = startsAt;
  return {
    ...found,
    append(line) {
      const bytes = Buffer.from(`${line}\n`);
      for (let written = 0; written < bytes.length;) {
        written += writeSync(descriptor, bytes, written, bytes.length - written, size + written);
      }
      fsyncSync(descriptor);
      size += bytes.length;
    },
    close: () => closeSync(descriptor),
  };
}

function split(content: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < content.length;) {
    const end = content.indexOf(LINE_END, start);
    lines.push(content.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

/** A new file is only safe with its name in the folder. */
function syncFolder(path: string): void {
  let folder: number;
  try {
    folder = openSync(dirname(path), 'r');
  } catch (error) {
    // Windows opens no folders; it writes their entries itself.
    if (hasCode(error, 'EISDIR') || hasCode(error, 'EPERM')) return;
    throw error;
  }
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
