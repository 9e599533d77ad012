import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleCli } from '../../bundle-cli.ts';

/**
 * What `eks-rebind --help` takes, as published, as multiples of a bare start of Node. Counted is processor time from start to exit, and
 * both take turns, so that other work on the machine changes it little.
 */
export async function helpMultiples(rounds: number): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'eks-rebind-help-'));
  try {
    const [command, hook, used] = ['eks-rebind.mjs', 'hook.cjs', 'used'].map((file) => join(folder, file));
    if (!command || !hook || !used) throw new Error('there are three names');
    await bundleCli(command);
    writeFileSync(
      hook,
      `process.on('exit', () => {
        const { user, system } = process.cpuUsage();
        require('node:fs').writeFileSync(${JSON.stringify(used)}, String(user + system));
      });`,
    );
    const timeOf = (...argv: string[]) => {
      execFileSync(process.execPath, ['--require', hook, ...argv]);
      return Number(readFileSync(used, 'utf8'));
    };
    return Array.from({ length: rounds }, () => timeOf(command, '--help') / timeOf('--eval', '0')).toSorted(
      (a, b) => a - b,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
