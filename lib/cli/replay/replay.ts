import { createSeededRandom } from '../../local/seeded-random.ts';
import { assembleDocument } from '../story/assemble-document.ts';
import type { FiledRecord } from './event-file.ts';
import { byAccount } from './event-order.ts';
import { beginningOf, eventWorld } from './event-world.ts';
import { outcomeOf } from '../timeline/execution-report.ts';
import { judgeReplay } from './judge-replay.ts';
import { type OtherRecord, readRecord, type RecordedChange } from './recorded-change.ts';
import { replayAccount, type ReplayedStory } from './replay-account.ts';
import { openStage } from '../stage/stage.ts';
import { realStoryClock, virtualStoryClock } from '../story/story-clock.ts';
import type { Telling, Told } from '../story/telling.ts';
import type { ToldEntry } from '../story/told-story.ts';

const isChange = (read: RecordedChange | OtherRecord): read is RecordedChange => 'filed' in read;

/** Replays records: each account in a world of its own, one after another. */
export async function replay(filed: readonly FiledRecord[], telling: Telling): Promise<Told> {
  const { seed, timeline } = telling;
  const read = filed.map(readRecord);
  const stories: ReplayedStory[] = [];
  for (const changes of byAccount(read.filter(isChange))) stories.push(await replayInWorld(changes, telling));

  const passedOver = read.filter((one): one is OtherRecord => !isChange(one));
  const scenes = timeline.scenes();
  const document = assembleDocument({ seed, stories, scenes, passedOver, isRebound });
  const problems = stories.flatMap(judgeReplay);
  return { document, scenes, problems, verdict: verdictOf(stories, read.length) };
}

/** An entry that was rebound, or was to be; not one that the guard has last refused or asked about. */
function isRebound({ executions }: ToldEntry): boolean {
  const last = executions.findLast((report) => outcomeOf(report).name !== 'NotStale');
  return last !== undefined && !['Refused', 'NeedsApproval'].includes(outcomeOf(last).name);
}

async function replayInWorld(changes: readonly RecordedChange[], telling: Telling) {
  const { seed, isRealTime, bundle, timeline, note } = telling;
  const startAt = beginningOf(changes);
  const clock = (isRealTime ? realStoryClock : virtualStoryClock)(startAt);
  const random = createSeededRandom(seed);
  if (isRealTime) note(`On the real clock this takes ${Math.ceil((endOf(changes) - startAt) / 60_000) + 5} minutes.`);
  // Records tell to the second when a role was gone: GetRole shows it at once, so that whatever is done after is the service's doing.
  const plan = eventWorld(changes, random);
  const stage = openStage({ plan, clock, random, lag: { getRole: 0 }, ...(bundle !== undefined && { bundle }) });
  try {
    return await clock.run(() => replayAccount(stage, changes, { clock, random, timeline }));
  } finally {
    await stage.close();
  }
}

const endOf = (changes: readonly RecordedChange[]) => Math.max(...changes.map(({ at }) => at));

function verdictOf(stories: readonly ReplayedStory[], records: number): string {
  const entries = stories.flatMap((story) => story.entries);
  const alive = entries.filter(({ after }) => after.verdict !== 'orphaned');
  const healthy = alive.filter(({ after }) => after.verdict === 'healthy').length;
  const rebound = entries.filter(({ executions }) =>
    executions.some((one) => outcomeOf(one).name === 'Rebound'),
  ).length;
  const counts = [
    `${plural(rebound, 'entry was', 'entries were')} rebound`,
    `of the ${alive.length} whose role lives at the end, ${healthy} are healthy and ${alive.length - healthy} left to a person or refused, each with its rule`,
    `the roles of ${entries.length - alive.length} are deleted again, and none was changed while its role was gone`,
  ];
  return `${plural(records, 'record', 'records')}, ${plural(stories.length, 'account', 'accounts')}: ${counts.join('; ')}.`;
}

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
