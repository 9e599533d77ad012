import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Esbuild from 'esbuild';

const ROOT = join(import.meta.dirname, '..', '..');
const ENTRY = 'handlers/shared/lambda-bundle.ts';

/** The folder of the bundle that a package brings: there it lies beside `lib` in `dist`. Among the sources there is none. */
export function prebuiltBundle(): string | undefined {
  const folder = join(ROOT, 'bundle');
  return existsSync(folder) ? folder : undefined;
}

/** Lambda's handler string of a step: an export of the bundle's one file. */
export const handlerOf = (stepName: string): string => `index.${stepName}`;

/**
 * Writes the one bundle that all functions share, `index.js`, and the licences of what is in it, `LICENSES.txt`, into a folder.
 * From the sources only: what is installed from a registry has the bundle built already, and no esbuild. Synchronous, since CDK's
 * local bundling is.
 */
export function buildBundle(outDir: string): void {
  // Loaded here, so that nobody needs it who only synthesizes from a bundle that is there.
  const esbuild: typeof Esbuild = createRequire(import.meta.url)('esbuild');
  const { metafile } = esbuild.buildSync({
    absWorkingDir: ROOT,
    entryPoints: [ENTRY],
    outfile: join(outDir, 'index.js'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    // Init of CommonJS with the SDK inside took 14 times that of an empty handler; as an ES module, or with the SDK that Lambda
    // brings, 18 times. `module` first: only ES modules can be shaken.
    format: 'cjs',
    mainFields: ['module', 'main'],
    // Our errors' names are literals, and nothing else is known by the name of its class: names need not be kept (7 % of the size).
    keepNames: false,
    // Comments that begin with `@license` are gone; the licence files below are whole.
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
  });
  mkdirSync(outDir, { recursive: true });
  // Wherever it lies, Node takes it for what it is: within the package, files would be ES modules otherwise.
  writeFileSync(join(outDir, 'package.json'), '{ "type": "commonjs" }\n');
  writeFileSync(join(outDir, 'LICENSES.txt'), licences(Object.keys(metafile.inputs)));
}

/** The licences of every package that some of these files are of, each text once. */
function licences(files: readonly string[]): string {
  const folders = new Set(files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  const packagesOf = new Map<string, string[]>();
  for (const folder of [...folders].toSorted()) {
    const { title, text } = licenceOf(join(ROOT, folder));
    packagesOf.set(text, [...(packagesOf.get(text) ?? []), title]);
  }
  return [...packagesOf]
    .map(([text, titles]) => `${[...new Set(titles)].join('\n')}\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function licenceOf(folder: string): { title: string; text: string } {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  return {
    title: `${name} ${version} (${license})`,
    text: file ? readFileSync(join(folder, file), 'utf8').trim() : 'It brings no text of its own.',
  };
}
