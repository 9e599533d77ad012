import type { BusEvent } from '../../local/events/event.ts';
import type { IamPrincipal } from '../../local/iam/iam-state.ts';
import { uniqueId } from '../../local/iam/unique-id.ts';
import { randomUuid } from '../../local/seeded-random.ts';
import type { Random } from '../../runtime.ts';
import { actorOf } from '../timeline/actor.ts';
import { type EntryWatch, watchEntries } from '../stage/entry-watch.ts';
import { type Happening, inOrderOfTime } from './event-order.ts';
import { narrateAttempt } from '../timeline/narrate-attempt.ts';
import { untilQuiet } from '../stage/quiet.ts';
import { keyOf, type RecordedChange } from './recorded-change.ts';
import { narrateExecutions } from '../timeline/scenes-of-executions.ts';
import type { Stage } from '../stage/stage.ts';
import type { StoryClock } from '../story/story-clock.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { configurations, gather, type ToldStory } from '../story/told-story.ts';
import { trusting } from '../stage/world-plan.ts';

/** The life of a role or user, in milliseconds since 1970; without an end it still lives. */
export interface PrincipalLife {
  /** `role/NAME` or `user/NAME`, in lower case. */
  readonly principal: string;
  readonly from: number;
  readonly to?: number;
}

/** What one account's records came to. */
export interface ReplayedStory extends ToldStory {
  readonly lives: readonly PrincipalLife[];
}

// A rebind is over some three minutes after its role was made; what isn't in after half an hour won't get in by itself.
const WATCHED_SECONDS = 1_800;

// AWS names no figure, and promises best effort only (EventBridge reference, events from IAM): the same as the local AWS takes for
// its own records.
const DELIVERY_MS = { from: 2_000, to: 15_000 } as const;

/** Replays one account's records in the world that was built around them. */
export async function replayAccount(
  stage: Stage,
  changes: readonly RecordedChange[],
  world: { readonly clock: StoryClock; readonly random: Random; readonly timeline: Timeline },
): Promise<ReplayedStory> {
  const { clock, random, timeline } = world;
  const say = (who: string, what: string) => timeline.add({ at: clock.now(), who, what });
  const watch = watchEntries({
    stage,
    clock,
    seconds: WATCHED_SECONDS,
    sessionNameOf: () => 'i-0f3a9c1d2e4b5a678',
    onAttempt: (attempt) => timeline.add(narrateAttempt(attempt, () => 'the role')),
  });
  const lives = new LifeBook(stage.plan.principals);
  const { entries, clusters } = await stage.takeInventory();
  say('eks-rebind', `takes the inventory: ${entries} in ${clusters} clusters of account ${stage.plan.accountId}`);
  const was = configurations(stage);

  for (const happening of inOrderOfTime(changes)) {
    await clock.pause(Math.max(0, happening.at - clock.now()));
    apply(happening, { stage, random, watch, lives, say });
    if (happening.kind !== 'record') continue;
    const delay = Math.floor(DELIVERY_MS.from + random() * (DELIVERY_MS.to - DELIVERY_MS.from));
    const event = inEnvelope(happening.change, stage, random);
    void clock.pause(delay).then(() => stage.aws.events.publish(event));
  }
  await untilQuiet(stage, clock);
  watch.stop();
  const reports = await narrateExecutions(stage, timeline).catchUp();
  return { ...gather(stage, watch, reports, was), lives: lives.all };
}

/** Who lived when: kept beside IAM, to judge the service by. */
class LifeBook {
  readonly all: PrincipalLife[];
  constructor(principals: readonly IamPrincipal[]) {
    this.all = principals.map((one) => ({ principal: keyOf(one), from: one.createDate }));
  }
  begin(principal: string, at: number): void {
    this.end(principal, at);
    this.all.push({ principal, from: at });
  }
  end(principal: string, at: number): void {
    const index = this.all.findLastIndex((life) => life.principal === principal);
    const life = this.all[index];
    if (life && life.to === undefined) this.all[index] = { ...life, to: at };
  }
}

interface Scene {
  readonly stage: Stage;
  readonly random: Random;
  readonly watch: EntryWatch;
  readonly lives: LifeBook;
  readonly say: (who: string, what: string) => void;
}

function apply(happening: Happening, { stage, random, watch, lives, say }: Scene): void {
  const { aws, plan } = stage;
  const { accountId } = plan;
  const { kind, name = '' } = happening.kind === 'record' ? happening.change : happening.principal;
  const key = keyOf({ kind, name });
  const remove = () => {
    const arn = aws.iam.find(accountId, kind, name)?.arn;
    aws.iam.remove(accountId, kind, name);
    lives.end(key, happening.at);
    if (arn) watch.ended(arn);
  };
  if (happening.kind === 'vanishes') {
    say('the demo', `assumes that an earlier ${name} is deleted: no record tells of it`);
    return remove();
  }
  const { change, takesEffect } = happening;
  const who = actorOf(change.filed.record);
  if (change.failed) say(who, `${change.eventName} of ${name || `a ${kind}`} fails: ${errorOf(change)}`);
  else if (!takesEffect) say('CloudTrail', `the same ${change.eventName} of ${name} is recorded again`);
  else if (change.did === 'delete') {
    say(who, `deletes ${kind} ${name}`);
    remove();
  } else {
    const made = madeBy(change, plan.partition, random);
    aws.iam.put(made);
    lives.begin(key, happening.at);
    say(who, `creates ${kind} ${made.arn.replace(/^.*:(role|user)\//, '')}: ${made.uniqueId}`);
    watch.began(made.arn);
  }
}

const errorOf = ({ filed }: RecordedChange) => String(filed.record['errorCode']);

function madeBy(
  { accountId, kind, name = '', made, at }: RecordedChange,
  partition: string,
  random: Random,
): IamPrincipal {
  const path = made?.path ?? '/';
  const boundary = made?.permissionsBoundary;
  return {
    kind,
    partition,
    accountId,
    name,
    path,
    arn: `arn:${partition}:iam::${accountId}:${kind}${path}${name}`,
    uniqueId: made?.uniqueId ?? uniqueId(kind === 'role' ? 'AROA' : 'AIDA', random),
    createDate: made?.createDate ?? at,
    ...(kind === 'role' && { trustPolicy: made?.trustPolicy ?? trusting({ Service: 'ec2.amazonaws.com' }) }),
    tags: made?.tags ?? {},
    ...(boundary && { permissionsBoundary: boundary }),
  };
}

/** The record as EventBridge delivers it: in the envelope it came in, or in a new one, on the bus where the service listens. */
function inEnvelope({ filed, accountId, at }: RecordedChange, { plan }: Stage, random: Random): BusEvent {
  return {
    version: '0',
    id: randomUuid(random),
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.iam',
    time: `${new Date(at).toISOString().slice(0, 19)}Z`,
    resources: [],
    ...filed.envelope,
    account: accountId,
    region: plan.homeRegion,
    detail: filed.record,
  };
}
