import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExitCode } from '../../../lib/cli/io.ts';
import { main } from '../../../lib/cli/main.ts';
import type { StoryDocument } from '../../../lib/cli/story/story-document.ts';

/** What a command wrote, and how it ended. */
export interface CommandResult {
  readonly code: ExitCode;
  readonly stdout: string[];
  readonly stderr: string[];
}

/** Runs a command as a terminal would, without one. */
export async function runCommand(...argv: string[]): Promise<CommandResult> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const io = { stdout: (line: string) => stdout.push(line), stderr: (line: string) => stderr.push(line), isTty: false };
  const code = await main(argv, { io, untilSignal: () => Promise.resolve('SIGTERM') });
  return { code, stdout, stderr };
}

/** The path of a fresh file with this in it: text as it is, anything else as JSON. */
export function fileWith(content: unknown): string {
  const path = join(mkdtempSync(join(tmpdir(), 'eks-rebind-')), 'records.json');
  const isRaw = typeof content === 'string' || content instanceof Uint8Array;
  writeFileSync(path, isRaw ? content : JSON.stringify(content));
  return path;
}

/** Replays records and reads the document. */
export async function replayed(content: unknown): Promise<CommandResult & { readonly document: StoryDocument }> {
  const result = await runCommand('demo', '--json', '--event', fileWith(content));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the document holds is what the tests are about
  return { ...result, document: JSON.parse(result.stdout.join('\n')) as StoryDocument };
}
