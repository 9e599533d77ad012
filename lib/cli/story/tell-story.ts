import { answerQuestion } from './answer-question.ts';
import { iamRoleChanges } from '../../aws/iam-role-changes.ts';
import { sfnExecutions } from '../../aws/sfn-executions.ts';
import { createSeededRandom } from '../../local/seeded-random.ts';
import { watchEntries } from '../stage/entry-watch.ts';
import { narrateAttempt } from '../timeline/narrate-attempt.ts';
import { untilQuiet } from '../stage/quiet.ts';
import { narrateExecutions } from '../timeline/scenes-of-executions.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import { realStoryClock, type StoryClock, virtualStoryClock } from './story-clock.ts';
import {
  STORY_APPROVERS,
  STORY_ROLES,
  STORY_USERS,
  storyWorld,
  type StoryRole,
  TROUBLED_CLUSTER,
} from './story-world.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { configurations, gather, type ToldStory } from './told-story.ts';

/** When the story begins, on its own clock; the inventory is twelve hours older. */
const STORY_BEGINS = Date.parse('2026-11-24T09:00:00Z');
const INVENTORY_AT = STORY_BEGINS - 12 * 3_600_000;

const RECREATED = [STORY_ROLES.nodes, STORY_ROLES.people, STORY_ROLES.admins];
const MINUTE_MS = 60_000;

/** Tells the story to its end: roles are deleted and made again, entries break and heal. */
export async function tellStory(options: {
  readonly seed: number;
  readonly isRealTime: boolean;
  readonly timeline: Timeline;
  readonly bundle?: string;
}): Promise<ToldStory> {
  const clock = (options.isRealTime ? realStoryClock : virtualStoryClock)(INVENTORY_AT);
  const random = createSeededRandom(options.seed);
  const approvers = Object.values(STORY_APPROVERS).map(({ arn }) => arn);
  const environment = { EKS_REBIND_APPROVERS: approvers.join(',') };
  const { bundle, timeline, isRealTime } = options;
  const plan = storyWorld(INVENTORY_AT, random);
  const stage = openStage({ plan, clock, random, environment, ...(bundle !== undefined && { bundle }) });
  try {
    return await clock.run(() => play(stage, clock, timeline, isRealTime));
  } finally {
    await stage.close();
  }
}

async function play(stage: Stage, clock: StoryClock, timeline: Timeline, isRealTime: boolean): Promise<ToldStory> {
  const say = (who: string, what: string) => timeline.add({ at: clock.now(), who, what });
  const watch = watchEntries({
    stage,
    clock,
    seconds: 6 * 3_600,
    sessionNameOf: (arn) =>
      arn === STORY_ROLES.nodes.arn ? 'i-0f3a9c1d2e4b5a678' : `${STORY_USERS.person}@example.com`,
    onAttempt: (attempt) => timeline.add(narrateAttempt(attempt, whoIs)),
  });
  const narrator = narrateExecutions(stage, timeline);

  const { entries, clusters } = await stage.takeInventory();
  say('eks-rebind', `takes the inventory: ${entries} in ${clusters} clusters`);
  await clock.skipTo(STORY_BEGINS);
  const was = configurations(stage);
  watch.lookAtAll();
  await clock.pause(5_000);
  const trouble = breakCreation(stage);
  let isOver = false;
  const telling = isRealTime
    ? tellAsItGoes(
        () => isOver,
        clock,
        () => narrator.catchUp(),
      )
    : Promise.resolve();

  await recreateRoles(stage, clock, watch, say);
  await answerQuestion(stage, clock, say);
  const failed = await firstFailure(stage, clock);
  if (failed) {
    trouble.lift();
    say('EKS', `${TROUBLED_CLUSTER.region} is well again: CreateAccessEntry works`);
    await clock.pause(20 * MINUTE_MS);
    say(STORY_USERS.person, 'redrives the execution that failed');
    const person = `arn:${stage.plan.partition}:iam::${stage.plan.accountId}:user/${STORY_USERS.person}`;
    await sfnExecutions(stage.clientsOf(person)).redrive(failed);
  }
  await untilQuiet(stage, clock);
  isOver = true;
  watch.stop();
  await telling;
  return gather(stage, watch, await narrator.catchUp(), was);
}

const whoIs = (arn: string): string => (arn === STORY_ROLES.nodes.arn ? 'a node' : STORY_USERS.person);

/** In the troubled cluster CreateAccessEntry fails from the moment at which the entry is deleted: Preflight has passed. */
function breakCreation({ plan, aws }: Stage) {
  const ref = { ...TROUBLED_CLUSTER, accountId: plan.accountId, principalArn: STORY_ROLES.nodes.arn };
  return aws.faults.inject({
    operation: 'CreateAccessEntry',
    when: (call, input) =>
      call.region === ref.region && input['clusterName'] === ref.clusterName && !aws.eks.state.entry(ref),
    effect: { kind: 'unavailable' },
  });
}

async function recreateRoles(
  stage: Stage,
  clock: StoryClock,
  watch: { began(arn: string): void; ended(arn: string): void },
  say: (who: string, what: string) => void,
): Promise<void> {
  const { partition, accountId } = stage.plan;
  const terraform = iamRoleChanges(stage.clientsOf(`arn:${partition}:iam::${accountId}:user/${STORY_USERS.terraform}`));
  for (const role of RECREATED) {
    await terraform.delete(role.name);
    say('Terraform', `deletes role ${nameOf(role)}`);
    watch.ended(role.arn);
    await clock.pause(2_000);
  }
  for (const role of RECREATED) {
    await terraform.create(role);
    say('Terraform', `creates role ${nameOf(role)} again, now ${stage.aws.iam.findByArn(role.arn)?.uniqueId}`);
    watch.began(role.arn);
    await clock.pause(3_000);
  }
}

const nameOf = ({ path, name }: StoryRole) => `${path}${name}`.slice(1);

/** The first rebind that failed; none if all went well for three hours. */
async function firstFailure({ executions, stateMachineArns }: Stage, clock: StoryClock): Promise<string | undefined> {
  for (let looks = 0; looks < 3 * 360; looks++) {
    await clock.pause(10_000);
    const found = await executions.list(stateMachineArns.rebindEntry);
    const failed = found.find(({ status }) => status === 'FAILED');
    if (failed) return failed.executionArn;
  }
  return undefined;
}

async function tellAsItGoes(isOver: () => boolean, clock: StoryClock, catchUp: () => Promise<unknown>): Promise<void> {
  while (!isOver()) {
    await clock.pause(2_000);
    await catchUp();
  }
}
