import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBundle, prebuiltBundle } from '../../infra/bundle.ts';

/** The bundle that would be uploaded, as a file. */
export interface BundleFile {
  readonly path: string;
  /** Removes what was built for this run. */
  remove(): void;
}

/** The package's own bundle; from the sources it is built now. */
export function bundleFile(): BundleFile {
  const prebuilt = prebuiltBundle();
  if (prebuilt !== undefined) return { path: join(prebuilt, 'index.js'), remove() {} };
  const folder = mkdtempSync(join(tmpdir(), 'eks-rebind-bundle-'));
  buildBundle(folder);
  return { path: join(folder, 'index.js'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
