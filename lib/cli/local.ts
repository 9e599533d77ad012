import { createSeededRandom } from '../local/seeded-random.ts';
import { type Random, systemClock } from '../runtime.ts';
import { entryName } from './timeline/narrate-rebind.ts';
import { bundleFile } from './bundled/bundle-file.ts';
import { type ExitCode, type Io, SIGNAL_EXIT_CODES, type Terminal, UsageError } from './io.ts';
import { narrateEvent } from './timeline/narrate-event.ts';
import { paintFor } from './output/paint.ts';
import { renderScene } from './timeline/render-timeline.ts';
import { withRecreatedRole } from './stage/recreated-role.ts';
import { openStage, type Stage } from './stage/stage.ts';
import { STORY_ROLES, STORY_USERS, storyWorld } from './story/story-world.ts';
import type { WorldPlan } from './stage/world-plan.ts';

/** What `eks-rebind local` can be told. */
export interface LocalOptions {
  readonly port: number;
  readonly empty: boolean;
  readonly service: boolean;
  readonly bundled: boolean;
  /** ARN of a role or user who may answer questions. */
  readonly approver?: string;
}

// A person at a terminal waits for it: everything is some ten times faster than AWS, and each lag stays below the settle age.
const SETTLE_SECONDS = 10;
// Long past the settle age.
const RECREATED_AGO_MS = 600_000;
const INVENTORY_EVERY_MS = 5_000;
const QUICK = {
  lag: {
    getRole: { from: 0, to: 2_000 },
    eks: { from: 0, to: 7_000 },
    uniqueIdAsArn: { from: 0, to: 1_000 },
  },
  travel: { cloudTrailDelay: { from: 500, to: 2_000 } },
  eks: {
    takesEffect: { from: 500, to: 2_000 },
    associable: { from: 0, to: 1_000 },
    clusterCreation: { from: 2_000, to: 5_000 },
    clusterUpdate: { from: 2_000, to: 5_000 },
    clusterDeletion: { from: 2_000, to: 5_000 },
  },
} as const;

/** Serves the local AWS, with the service healing in it, until told to stop. */
export async function local(options: LocalOptions, terminal: Terminal): Promise<ExitCode> {
  const bundle = options.bundled ? bundleFile() : undefined;
  try {
    return await serve(options, terminal, bundle && { bundle: bundle.path });
  } finally {
    bundle?.remove();
  }
}

async function serve(options: LocalOptions, { io, untilSignal }: Terminal, code?: { readonly bundle: string }) {
  const clock = systemClock;
  const random = createSeededRandom(clock.now() % 2 ** 32);
  const world = storyWorld(clock.now(), random);
  const plan = planOf(options, world, clock.now(), random);
  const environment = {
    EKS_REBIND_SETTLE_SECONDS: String(SETTLE_SECONDS),
    EKS_REBIND_OWNER_GRACE_SECONDS: String(SETTLE_SECONDS),
    ...(options.approver !== undefined && { EKS_REBIND_APPROVERS: options.approver }),
  };
  const service = { environment, withService: options.service, keepsSchedules: true, ...code };
  const stage = openStage({ ...QUICK, plan, clock, random, ...service });
  const stopped = untilSignal();
  const listening = await stage.aws.listen(options.port).catch((error: unknown) => {
    throw new UsageError(
      `cannot listen on port ${options.port}: ${error instanceof Error ? error.message : 'it failed'}; try another, or --port 0 for any`,
    );
  });
  for (const line of exportLines(stage, listening.url)) io.stdout(line);
  for (const line of notes(plan, options)) io.stderr(line);

  const paint = paintFor(io.isTty);
  stage.aws.events.subscribe((event) => {
    const scene = narrateEvent(event, clock.now());
    if (scene) io.stderr(renderScene(scene, paint));
  });
  let isOver = false;
  if (options.service) void keepInventory(stage, io, () => isOver);

  const signal = await stopped;
  isOver = true;
  await listening.close();
  await stage.close();
  return SIGNAL_EXIT_CODES[signal];
}

/** Without the service something is broken to begin with: there is nobody else who could heal it. */
function planOf({ empty, service }: LocalOptions, world: WorldPlan, now: number, random: Random): WorldPlan {
  if (empty) return { ...world, clusters: [], entries: [], nodegroups: [], principals: usersOf(world) };
  const recreated = { arn: STORY_ROLES.nodes.arn, at: now - RECREATED_AGO_MS, random };
  return service ? world : withRecreatedRole(world, recreated);
}

const usersOf = ({ principals }: WorldPlan) => principals.filter(({ kind }) => kind === 'user');

/** Lines that a shell can `eval`: the endpoint, and the keys of the account's administrator. */
function exportLines({ plan, administrator }: Stage, url: string): string[] {
  const { accessKeyId, secretAccessKey } = administrator(STORY_USERS.administrator);
  return [
    `export AWS_ENDPOINT_URL=${url}`,
    `export AWS_ACCESS_KEY_ID=${accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
    `export AWS_REGION=${plan.homeRegion}`,
    `export AWS_DEFAULT_REGION=${plan.homeRegion}`,
  ];
}

function notes(plan: WorldPlan, { service }: LocalOptions): string[] {
  const { name, trustPolicy, arn } = STORY_ROLES.nodes;
  const cluster = plan.clusters[0];
  return [
    '',
    'These are the keys of the administrator of account 111122223333. Any other key is account 000000000000, which is empty.',
    service
      ? `The service heals what you break. Settle age: ${SETTLE_SECONDS} s here, 120 s by default; all of AWS's lags are shorter than that.`
      : `Without the service: nothing heals. ${name} was deleted and made again ten minutes ago, and its entries are stale: npm run --silent cli -- scan --region all`,
    'Times are in UTC.',
    ...plan.entries.map((entry) => `  access entry: ${entryName(entry)}, ${entry.type}`),
    ...(cluster ? ['Break one in another terminal, after the lines above:'] : []),
    ...(cluster
      ? [
          `  aws iam delete-role --role-name ${name}`,
          `  aws iam create-role --role-name ${name} --assume-role-policy-document '${trustPolicy}'`,
          `  aws eks describe-access-entry --region ${cluster.region} --cluster-name ${cluster.name} --principal-arn ${arn}`,
        ]
      : []),
    'Ctrl-C ends it.',
    '',
  ];
}

async function keepInventory(stage: Stage, io: Io, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    try {
      await stage.takeInventory();
    } catch (error) {
      // What is cut short by the end is no news.
      if (!isOver()) io.stderr(error instanceof Error ? error.message : String(error));
    }
    await stage.aws.clock.pause(INVENTORY_EVERY_MS);
  }
}
