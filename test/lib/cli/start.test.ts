import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundleCli } from '../../../bundle-cli.ts';
import { COMMANDS } from '../../../lib/cli/commands/commands.ts';
import { runCommand } from './terminal.ts';

// How long help takes is measured by `npm run bench`; what would make it slow is seen here.
describe('what is loaded before a command is known', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'eks-rebind-')), 'eks-rebind.mjs');
  let metafile: Awaited<ReturnType<typeof bundleCli>>;
  beforeAll(async () => {
    metafile = await bundleCli(file);
  });

  test('is commander, and no other package: neither CDK nor SDK', () => {
    const packages = Object.keys(metafile.inputs).flatMap(
      (input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? [],
    );
    expect(new Set(packages)).toEqual(new Set(['commander']));
  });

  test('is nothing of what commands do: each is loaded when it is run', () => {
    const imports = Object.values(metafile.outputs).flatMap(({ imports: all }) => all);
    const commands = imports.filter(({ path }) => path.startsWith('../lib/cli/')).map(({ path }) => path);
    expect(imports.filter(({ kind }) => kind !== 'dynamic-import')).toEqual([]);
    expect(commands).toHaveLength(COMMANDS.length);
    const layers = Object.keys(metafile.inputs).map((input) => input.split('/').slice(0, 2).join('/'));
    expect(new Set(layers.filter((layer) => layer.startsWith('lib')))).toEqual(new Set(['lib/cli', 'lib/runtime.ts']));
  });

  test('says the same help as the sources do', async () => {
    const { stdout, status } = spawnSync(process.execPath, [file, '--help'], { encoding: 'utf8' });
    expect({ status, help: stdout.trimEnd() }).toEqual({
      status: 0,
      help: (await runCommand('--help')).stdout.join('\n'),
    });
  });

  test('tells a wrong option in one line, whichever file the error’s class is from', () => {
    const { stderr, stdout, status } = spawnSync(process.execPath, [file, 'demo', '--seed', 'abc'], {
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: "error: --seed takes a whole number from 0 to 4294967295, not 'abc'\n",
    });
  });
});
