import { propsFromEnvironment } from '../../lib/infra/props-from-environment.ts';
import { synthesize, type Template } from '../../lib/infra/synthesize.ts';
import type { UsedPermission } from '../../lib/local/policies/permissions.ts';
import type { Simulation } from '../simulator/simulate.ts';
import { ACCOUNT } from '../simulator/world-options.ts';
import { play, type Seen } from './see.ts';
import { EVERYTHING_ON, STORIES, type Story } from './tour.ts';

/** The template that has everything in it. */
export const TEMPLATE: Template = synthesize(propsFromEnvironment(EVERYTHING_ON), {
  account: ACCOUNT,
  region: 'us-east-1',
});

/** A story played with the template as it is. */
export interface Baseline {
  readonly story: Story;
  readonly seen: Seen;
  readonly used: readonly UsedPermission[];
  /** Calls of functions that were denied, as `function operation`. */
  readonly denied: readonly string[];
  /** The first event that each function was invoked with, by its name. */
  readonly events: ReadonlyMap<string, unknown>;
}

const deniedIn = ({ aws }: Simulation): string[] =>
  aws.calls.all
    .filter(
      ({ error = '', callerArn }) => /AccessDenied|AuthorizationError/.test(error) && callerArn.includes('eks-rebind'),
    )
    .map(({ operation, callerArn }) => `${callerArn.split('/').at(-1)} ${operation}`);

/** Plays every story. */
export async function playAll(): Promise<Baseline[]> {
  const played: Baseline[] = [];
  for (const story of STORIES) {
    const events = new Map<string, unknown>();
    const { seen, world } = await play(story, {
      watch: ({ functionName, event }) => void (events.has(functionName) || events.set(functionName, event)),
    });
    played.push({ story, seen, used: world.aws.permissions.used, denied: deniedIn(world), events });
  }
  return played;
}

/** What local AWS's `used` calls a resource of the template: a function's or a state machine's name for the role it runs as. */
export function policyNameOf(holder: string): string | undefined {
  for (const { Properties = {} } of Object.values(TEMPLATE.Resources)) {
    const roles = [Properties['Role'], Properties['RoleArn']];
    const name = Properties['FunctionName'] ?? Properties['StateMachineName'];
    if (typeof name === 'string' && roles.some((role) => JSON.stringify(role)?.includes(`"${holder}"`))) return name;
  }
  return undefined;
}
