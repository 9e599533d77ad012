import { loadSharedConfigFiles } from '@smithy/core/config';
import type { Runtime } from '../runtime.ts';

/** What the AWS configuration files say of the profile in use; undefined where they have none of this name. */
export async function readProfile(env: Runtime['env']): Promise<{ readonly region?: string } | undefined> {
  const { AWS_CONFIG_FILE: configFilepath, AWS_SHARED_CREDENTIALS_FILE: filepath, AWS_PROFILE: name = 'default' } = env;
  const { configFile, credentialsFile } = await loadSharedConfigFiles({
    ...(configFilepath && { configFilepath }),
    ...(filepath && { filepath }),
    // The files are remembered by path, and may have changed since.
    ignoreCache: true,
  });
  const [config, credentials] = [configFile[name], credentialsFile[name]];
  if (!config && !credentials) return undefined;
  const region = config?.['region'] ?? credentials?.['region'];
  return { ...(region && { region }) };
}
