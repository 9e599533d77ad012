import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildBundle } from './bundle.ts';

// In a package the bundle lies beside `lib` in `dist`; in the sources it is built when it is needed.
const ROOT = join(import.meta.dirname, '..', '..');
const PREBUILT = join(ROOT, 'bundle');

/** The one bundle that all functions share. */
export function functionCode(): Code {
  if (existsSync(PREBUILT)) return Code.fromAsset(PREBUILT);
  return Code.fromAsset(join(ROOT, 'handlers'), {
    bundling: {
      // Never reached: the local way below does it or throws.
      image: DockerImage.fromRegistry('unused'),
      local: {
        tryBundle(outDir) {
          buildBundle(outDir);
          return true;
        },
      },
    },
  });
}
