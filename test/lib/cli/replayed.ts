import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoryDocument } from '../../../lib/cli/story/story-document.ts';
import { type CommandResult, runCommand } from './terminal.ts';

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
