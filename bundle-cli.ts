import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';

const ROOT = import.meta.dirname;

/**
 * Bundles what `eks-rebind --help` needs, commander with it, into one file, for `dist/bin`. What commands do stays where tsc put it,
 * and is loaded from there when it is run. Forty files and commander took 2.5 times a bare start of Node; the one takes 1.7 times.
 */
export async function bundleCli(outfile: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['bin/eks-rebind.ts'],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    metafile: true,
    plugins: [lazyCommands, nodeAsItIs],
    footer: { js: `/*\ncommander\n\n${readFileSync(join(ROOT, 'node_modules/commander/LICENSE'), 'utf8').trim()}\n*/` },
  });
  return metafile;
}

// A class is another one there than in the bundle: main.ts knows errors by their names.
const lazyCommands: Plugin = {
  name: 'lazy-commands',
  setup(bundle) {
    bundle.onResolve({ filter: /^\./ }, ({ kind, resolveDir, path }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = relative(join(ROOT, 'bin'), join(resolveDir, path)).replace(/\.ts$/, '.js');
      return { path: file, external: true };
    });
  },
};

// An `import` of a module of Node's own reads each of its properties, the lazy ones as well: `node:process` opens all streams, and it
// and `node:util` take 5 ms each of 25. `getBuiltinModule` doesn't. Nothing runs commands that are programs, which is what commander
// wants `node:child_process` for: it loads when it is asked for.
const nodeAsItIs: Plugin = {
  name: 'node-as-it-is',
  setup(bundle) {
    bundle.onResolve({ filter: /^node:/ }, ({ kind, path }) =>
      kind === 'import-statement' ? { path, namespace: 'node' } : undefined,
    );
    bundle.onLoad({ filter: /.*/, namespace: 'node' }, ({ path }) => {
      const load = `process.getBuiltinModule(${JSON.stringify(path)})`;
      const isLate = path === 'node:child_process';
      return { contents: `module.exports = ${isLate ? `{ get spawn() { return ${load}.spawn; } }` : load};` };
    });
  },
};
