import { ACCOUNT_VARIABLE } from '../../aws/accounts.ts';
import { type CallerIdentity, callerIdentity } from '../../aws/caller-identity.ts';
import { createClients } from '../../aws/clients.ts';
import { readProfile } from '../../aws/profile.ts';
import { iamEventRegion, partitionOf } from '../../core/partition.ts';
import type { Runtime } from '../../runtime.ts';
import { type Terminal, UsageError } from '../io.ts';
import { whyNoSession } from './why-no-session.ts';
import { allRegions, chooseRegions } from './choose-regions.ts';
import type { ConnectionOptions, Session } from './session.ts';

/** Finds out whose credentials these are and which regions are meant, or says in one line what is missing. */
export async function openSession(
  options: ConnectionOptions,
  { runtime }: Pick<Terminal, 'runtime'>,
): Promise<Session> {
  const env = environmentOf(options, runtime.env);
  if (options.profile !== undefined && !(await readProfile(env))) {
    throw new UsageError(
      `no profile '${options.profile}' in the AWS configuration files; see aws configure list-profiles`,
    );
  }
  const chosen = await chooseRegions(options.region ?? [], env);
  const homeRegion = iamEventRegion(chosen.first);
  const runtimeIn = (more: Runtime['env']): Runtime => ({
    ...runtime,
    env: { ...env, AWS_REGION: homeRegion, ...more },
  });
  const caller = await identify(runtimeIn({}), chosen.first);
  if (options.account !== undefined && options.account !== caller.accountId) {
    throw new UsageError(
      `the credentials are for account ${caller.accountId} (${caller.arn}), not for ${options.account}; choose others with --profile`,
    );
  }
  let throttles = 0;
  const own = runtimeIn({ [ACCOUNT_VARIABLE]: caller.accountId });
  const clients = createClients(own, { onThrottle: () => (throttles += 1) });
  return {
    runtime: own,
    clients,
    partition: partitionOf(chosen.first),
    accountId: caller.accountId,
    callerArn: caller.arn,
    regions: chosen.isAll ? await allRegions(clients) : chosen.regions,
    homeRegion,
    throttles: () => throttles,
  };
}

/** A profile that is named on the command line goes before keys that happen to be in the environment, as with the AWS CLI. */
function environmentOf({ profile }: ConnectionOptions, env: Runtime['env']): Runtime['env'] {
  if (profile === undefined) return env;
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, AWS_SESSION_TOKEN: _token, ...kept } = env;
  return { ...kept, AWS_PROFILE: profile };
}

async function identify(runtime: Runtime, region: string): Promise<CallerIdentity> {
  try {
    return await callerIdentity(createClients(runtime), region);
  } catch (error) {
    const why = whyNoSession(error, { region, endpoint: runtime.env['AWS_ENDPOINT_URL'] });
    throw why === undefined ? error : new UsageError(why, { cause: error });
  }
}
