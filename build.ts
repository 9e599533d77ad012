import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleCli } from './bundle-cli.ts';
import { buildBundle } from './lib/infra/bundle.ts';

// What is published: JavaScript and types, since Node strips no types under `node_modules`; the state machines' definitions; the
// functions' bundle, so that whoever installs it needs no bundler; and the command's first file, bundled so that it starts at once.
const dist = join(import.meta.dirname, 'dist');

rmSync(dist, { recursive: true, force: true });
execFileSync('tsc', ['--project', 'tsconfig.build.json'], { stdio: 'inherit' });
cpSync(join(import.meta.dirname, 'statemachines'), join(dist, 'statemachines'), { recursive: true });
buildBundle(join(dist, 'bundle'));
await bundleCli(join(dist, 'bin/eks-rebind.js'));
