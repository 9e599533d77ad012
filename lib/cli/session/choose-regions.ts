import { enabledRegions } from '../../aws/account-regions.ts';
import type { Clients } from '../../aws/clients.ts';
import { isKnownRegion } from '../../aws/known-regions.ts';
import { inAwsWords } from '../../aws/name-errors.ts';
import { readProfile } from '../../aws/profile.ts';
import { partitionOf } from '../../core/partition.ts';
import type { Runtime } from '../../runtime.ts';
import { UsageError } from '../io.ts';

/** The regions that somebody means. */
interface ChosenRegions {
  /** None where all are meant: which those are, the account tells. */
  readonly regions: readonly string[];
  readonly isAll: boolean;
  /** One of them, or one of their partition: where to begin. */
  readonly first: string;
}

/** Reads `--region`, or what the environment or the profile says instead. */
export async function chooseRegions(asked: readonly string[], env: Runtime['env']): Promise<ChosenRegions> {
  const isAll = asked.includes('all');
  if (isAll && asked.length > 1)
    throw new UsageError("--region all means every region; leave the other --region's out");
  const regions = asked.length > 0 && !isAll ? [...new Set(asked)] : [await ambientRegion(env, isAll)];
  for (const region of regions) {
    if (!isKnownRegion(region)) throw new UsageError(`unknown region '${region}'; regions look like eu-central-1`);
  }
  const partitions = [...new Set(regions.map(partitionOf))];
  if (partitions.length > 1) {
    throw new UsageError(`regions of different partitions (${partitions.join(', ')}) have no credentials in common`);
  }
  const [first = ''] = regions;
  return { regions: isAll ? [] : regions, isAll, first };
}

async function ambientRegion(env: Runtime['env'], isAll: boolean): Promise<string> {
  const region = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || (await readProfile(env))?.region;
  if (region) return region;
  // Every account of the partition that nearly everybody is in has this one.
  if (isAll) return 'us-east-1';
  throw new UsageError('no region; name one with --region, or set AWS_REGION');
}

/** The regions that are enabled in the account. */
export async function allRegions(clients: Clients): Promise<string[]> {
  try {
    return await enabledRegions(clients);
  } catch (error) {
    const remedy = 'allow it, or name the regions with --region';
    throw new UsageError(`the account's regions can't be listed (${inAwsWords(error)}); ${remedy}`, { cause: error });
  }
}
