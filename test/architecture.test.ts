import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsOf, sourceFiles, sourceOf } from './import-graph.ts';

interface Layer {
  /** What it may load at run time, beside itself and `lib/runtime.ts`: folders, or single files. */
  readonly loads: readonly string[];
  /** What it may name the types of, beside that. */
  readonly types: readonly string[];
  /** Packages it may load; node's own modules count. */
  readonly packages: readonly RegExp[];
}

const clients = /^@aws-sdk\/client-/;
const anyPackage = /^/;

// Core decides, aws reaches, local pretends, cli talks; handlers and state machines are what runs. Imports point toward core.
const LAYERS: Readonly<Record<string, Layer>> = {
  'lib/core': { loads: [], types: [], packages: [/^valibot$/, /^node:crypto$/] },
  'lib/aws': {
    loads: ['lib/core'],
    types: [],
    packages: [clients, /^@aws-sdk\/core\//, /^@smithy\/core\//, /^@smithy\/signature-v4$/],
  },
  'lib/local/protocol': {
    loads: [
      'lib/local/authorization.ts',
      'lib/local/call.ts',
      'lib/local/credentials.ts',
      'lib/local/faults.ts',
      'lib/local/seeded-random.ts',
    ],
    types: ['lib/local'],
    packages: [clients, /^@smithy\/core\//, /^@aws-sdk\/core\//, /^node:/],
  },
  'lib/local': {
    loads: [],
    types: [],
    packages: [/^@smithy\/core\//, /^node:/, /^dynalite\//, /^jsonata$/, /^pure-rand\//],
  },
  // It deploys the steps, each with what its ports say it may do.
  'lib/infra': {
    loads: ['lib/core', 'lib/aws', 'handlers'],
    types: [],
    packages: [/^aws-cdk-lib/, /^constructs$/, /^cdk-nag$/, /^esbuild$/, /^node:/],
  },
  'lib/report': { loads: ['lib/core'], types: [], packages: [] },
  'lib/cli': {
    loads: ['lib/core', 'lib/aws', 'lib/infra', 'lib/local', 'lib/report', 'handlers'],
    types: [],
    packages: [/^commander$/, /^yaml$/, /^node:/],
  },
  handlers: { loads: ['lib/core', 'lib/aws'], types: [], packages: [/^@middy\/core$/, /^pino$/, /^valibot$/] },
  bin: { loads: ['lib/cli', 'lib/infra'], types: [], packages: [/^node:/, /^aws-cdk-lib/] },
  test: { loads: ['lib', 'handlers', 'bin', 'bundle-cli.ts', 'vitest.config.ts'], types: [], packages: [anyPackage] },
};

const folders = Object.keys(LAYERS).toSorted((one, other) => other.length - one.length);
const layerOf = (file: string) => folders.find((folder) => file.startsWith(`${folder}/`));
const isIn = (file: string, place: string) => file === place || file.startsWith(`${place}/`);

const files = sourceFiles('bin', 'lib', 'handlers', 'test');
const product = files.filter((file) => !file.startsWith('test/'));

/** The process, or what stands in for it; a function's process is one, too. */
const RIM = ['lib/runtime.ts', 'bin', 'handlers/shared', 'lib/cli/bundled/function-process.ts'];
const isAtTheRim = (file: string) => RIM.some((place) => isIn(file, place));

/** The code without its comments, which may well name what the code must not. */
const codeOf = (file: string) => sourceOf(file).replaceAll(/\/\*[^]*?\*\/|(?<![:'"`])\/\/.*$/gm, '');

const linesOf = (file: string) => sourceOf(file).trimEnd().split('\n').length;

/** Imports that the table doesn't allow, in words. */
function strayImports(file: string): string[] {
  const folder = layerOf(file);
  const layer = folder === undefined ? undefined : LAYERS[folder];
  if (!folder || !layer) return file === 'lib/runtime.ts' || file === 'lib/index.ts' ? [] : [`${file} is in no layer`];
  return importsOf(file).flatMap(({ from, isPackage, isTypeOnly }) => {
    const allowedPlaces = [folder, 'lib/runtime.ts', ...layer.loads, ...(isTypeOnly ? layer.types : [])];
    const isAllowed = isPackage
      ? isTypeOnly || layer.packages.some((name) => name.test(from))
      : allowedPlaces.some((place) => isIn(from, place));
    return isAllowed ? [] : [`${file} imports ${from}`];
  });
}

describe('imports', () => {
  test('point toward core: each layer loads what the table says', () => {
    expect(files.flatMap(strayImports)).toEqual([]);
  });

  test('the SDK clients are loaded by lib/aws and the local protocol module alone', () => {
    const loaders = product.filter((file) =>
      importsOf(file).some(({ from, isTypeOnly }) => clients.test(from) && !isTypeOnly),
    );
    expect(loaders.filter((file) => !isIn(file, 'lib/aws') && !isIn(file, 'lib/local/protocol'))).toEqual([]);
  });

  test('clients are made in one place', () => {
    const makers = product.filter((file) => /new \w+Client\(/.test(sourceOf(file)));
    expect(makers).toEqual(['lib/aws/clients.ts']);
  });

  test('the local AWS knows nothing of our decisions', () => {
    const local = product.filter((file) => isIn(file, 'lib/local'));
    expect(local.filter((file) => importsOf(file).some(({ from }) => isIn(from, 'lib/core')))).toEqual([]);
  });

  test('of node, lib/core knows the hash', () => {
    const fromNode = product
      .filter((file) => isIn(file, 'lib/core'))
      .flatMap((file) => [...sourceOf(file).matchAll(/^import (.*) from 'node:crypto'/gm)].map(([, names]) => names));
    expect(new Set(fromNode)).toEqual(new Set(['{ createHash }']));
  });

  test('every import of our own names a file that is there', () => {
    const missing = files.flatMap((file) =>
      importsOf(file).filter(({ from, isPackage }) => !isPackage && !existsSync(from)),
    );
    expect(missing).toEqual([]);
  });
});

describe('time, chance, output and environment are handed in', () => {
  const inner = product.filter((file) => !isAtTheRim(file));

  test.each([
    ['the clock', /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/],
    ['chance', /\bMath\.random\b|\brandomUUID\b|\brandomBytes\b/],
    ['timers', /\bset(Timeout|Interval)\b|node:timers/],
    ['the process', /\bprocess\.(env|exit|argv|stdout|stderr)\b/],
    ['the console', /\bconsole\./],
  ])('nobody else reads or uses %s', (_, forbidden) => {
    expect(inner.filter((file) => forbidden.test(codeOf(file)))).toEqual([]);
  });
});

describe('files', () => {
  test('are at most 300 lines long, tests twice that', () => {
    const tooLong = files.filter((file) => linesOf(file) > (file.startsWith('test/') ? 600 : 300));
    expect(tooLong).toEqual([]);
  });

  test('are named in kebab-case, by what they do', () => {
    const vague = /^(utils?|helpers?|common|manager|service-utils|types|misc)$/;
    const names = files.map((file) => ({ file, name: basename(file).replace(/(\.test|\.d)?\.ts$/, '') }));
    const odd = names.filter(({ name }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || vague.test(name));
    expect(odd.map(({ file }) => file)).toEqual([]);
  });

  test('hand on the exports of others in the two index.ts and the entry of the bundle alone', () => {
    const barrels = product.filter((file) => /^export (\*|\{[^}]*\}) from/m.test(sourceOf(file)));
    const allowed = ['lib/index.ts', 'lib/local/index.ts', 'handlers/shared/lambda-bundle.ts'];
    expect(barrels.filter((file) => !allowed.includes(file))).toEqual([]);
  });

  test('say in a comment what each export is', () => {
    const silent = product.flatMap((file) =>
      [...sourceOf(file).matchAll(/(?<before>[^\n]*)\n(?<line>export (?:async )?(?:function|class|interface) (\w+))/g)]
        .filter(({ groups }) => !groups?.['before']?.trimEnd().endsWith('*/'))
        .map(({ groups }) => `${file}: ${groups?.['line']}`),
    );
    expect(silent).toEqual([]);
  });

  test('of bin are at most 20 lines long', () => {
    expect(sourceFiles('bin').filter((file) => linesOf(file) > 20)).toEqual([]);
  });
});
