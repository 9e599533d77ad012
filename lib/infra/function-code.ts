import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildBundle, prebuiltBundle } from './bundle.ts';

/** The one bundle that all functions share: a package brings it, among the sources it is built when it is needed. */
export function functionCode(): Code {
  const prebuilt = prebuiltBundle();
  if (prebuilt !== undefined) return Code.fromAsset(prebuilt);
  return Code.fromAsset(join(import.meta.dirname, '..', '..', 'handlers'), {
    // By what came of it: the handlers alone stay the same where lib/core or a dependency changes.
    assetHashType: AssetHashType.OUTPUT,
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
