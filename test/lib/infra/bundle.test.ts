import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, FileSystem } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { StepHandler } from '../../../handlers/shared/step.ts';
import { STEPS } from '../../../handlers/shared/steps.ts';
import { EksRebindStack } from '../../../lib/infra/eks-rebind-stack.ts';
import { buildBundle, handlerOf } from '../../../lib/infra/bundle.ts';

// Measured on 2026-11-24: 693 kB with seven AWS clients. A client more is some 20 kB, another schema library or a second copy of
// the SDK's core some 100: the room is for the first, not for the second. Lambda reads and compiles all of it at each cold start.
const BUDGET_BYTES = 740_000;

describe('the bundle', () => {
  const folder = mkdtempSync(join(tmpdir(), 'eks-rebind-bundle-'));
  const file = join(folder, 'index.js');
  let exported: Record<string, StepHandler>;
  let source: string;
  beforeAll(() => {
    buildBundle(folder);
    source = readFileSync(file, 'utf8');
    exported = createRequire(import.meta.url)(file);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('exports a handler of each step, by its name, and nothing else', () => {
    expect(Object.keys(exported).toSorted()).toEqual(STEPS.map(({ name }) => name).toSorted());
    const stems = readdirSync(new URL('../../../handlers', import.meta.url)).filter((one) => one.endsWith('.ts'));
    expect(Object.keys(exported)).toHaveLength(stems.length);
    for (const handler of Object.values(exported)) expect(handler).toBeTypeOf('function');
    expect(STEPS.map(({ name }) => handlerOf(name))).toContain('index.CheckRole');
  });

  test('runs under each name the step of that name, whose errors keep their names', async () => {
    // Without a region no step can come as far as a call.
    vi.stubEnv('AWS_REGION', '');
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    for (const handler of Object.values(exported)) await handler(null, { awsRequestId: 'r' }).catch(() => {});
    const lines = write.mock.calls.map(([line]) => JSON.parse(String(line)));
    write.mockRestore();
    vi.unstubAllEnvs();
    expect(lines.map(({ step }) => step)).toEqual(Object.keys(exported));
    expect(lines.find(({ step }) => step === 'CheckRole').err).toMatchObject({ type: 'InvalidInput' });
  });

  test(`is, its licences apart, one file of at most ${BUDGET_BYTES} bytes`, () => {
    expect(readdirSync(folder).toSorted()).toEqual(['LICENSES.txt', 'index.js', 'package.json']);
    expect(statSync(file).size).toBeLessThan(BUDGET_BYTES);
  });

  test('holds the SDK and all else it needs: it requires modules of Node alone', () => {
    const required = new Set([...source.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = '']) => name));
    // Loaded by the SDK only where somebody asks for signatures of several regions at once: never here.
    const optional = '@aws-sdk/signature-v4-crt';
    expect([...required].filter((name) => !isBuiltin(name) && name !== optional)).toEqual([]);
    expect(required).toContain('node:https');
  });

  test('is the same wherever and whenever it is built', () => {
    const again = mkdtempSync(join(tmpdir(), 'eks-rebind-again-'));
    buildBundle(again);
    const both = [folder, again].map((one) => readdirSync(one).map((name) => readFileSync(join(one, name), 'utf8')));
    rmSync(again, { recursive: true });
    expect(both[0]).toEqual(both[1]);
    expect(both.flat().some((text) => text.includes(process.cwd()))).toBe(false);
  });

  test('brings the licence of everything in it', () => {
    const licences = readFileSync(join(folder, 'LICENSES.txt'), 'utf8');
    for (const name of ['@aws-sdk/client-eks', '@smithy/core', '@middy/core', 'pino', 'valibot']) {
      expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((MIT|Apache-2\\.0)\\)$`, 'm'));
    }
  });
});

describe('the functions’ code', () => {
  test('is the bundle, and known by what is in it: a change of lib/core alone is uploaded, too', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'eks-rebind-assembly-'));
    const app = new App({ outdir });
    new EksRebindStack(app, 'EksRebind', { env: { region: 'us-east-1' } });
    app.synth();
    const [asset, ...others] = readdirSync(outdir).filter((name) => name.startsWith('asset.'));
    expect(others).toEqual([]);
    const bundle = join(outdir, asset ?? '');
    expect(asset).toBe(`asset.${FileSystem.fingerprint(bundle)}`);
    rmSync(outdir, { recursive: true });
  });
});
