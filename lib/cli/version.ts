import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** The version of the package that this file is part of. */
export function packageVersion(): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is our own
  const { version } = JSON.parse(readFileSync(findPackageJSON(import.meta.url) ?? '', 'utf8')) as { version: string };
  return version;
}
