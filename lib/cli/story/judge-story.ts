import { reasonOf } from './assemble-document.ts';
import { entryName } from '../timeline/narrate-rebind.ts';
import { STORY_ROLES, TROUBLED_CLUSTER } from './story-world.ts';
import type { ToldEntry, ToldStory } from './told-story.ts';
import { outcomeOf } from '../timeline/execution-report.ts';

/** Whether the story promises that the entry is rebound. */
export const isPromised = ({ seed }: ToldEntry): boolean =>
  seed.principalArn === STORY_ROLES.nodes.arn || seed.principalArn === STORY_ROLES.people.arn;

/** All in which the story is not as promised; empty when it is. */
export function judgeStory(story: ToldStory): string[] {
  const ofEntries = story.entries.flatMap((entry) => {
    const problems = isPromised(entry) ? notRebound(entry) : notLeftAlone(entry, story);
    return problems.map((problem) => `${entryName(entry.seed)}: ${problem}`);
  });
  return [...ofEntries, ...story.gained.map((entry) => `an access entry that nobody made: ${entry}`)];
}

function notRebound({ seed, before, after, changedFields, executions, secondsToRebound }: ToldEntry): string[] {
  const last = executions.at(-1);
  const outcome = last ? outcomeOf(last).name : 'no execution';
  const isTroubled = seed.clusterName === TROUBLED_CLUSTER.clusterName && seed.region === TROUBLED_CLUSTER.region;
  const wasRedriven = (last?.redriveCount ?? 0) > 0;
  return [
    ...(before?.verdict === 'stale' && !before.authenticates ? [] : ['was not broken by the recreation']),
    ...(outcome === 'Rebound' ? [] : [`its execution ended as ${outcome}, not Rebound`]),
    ...(after.verdict === 'healthy' ? [] : [`is ${after.verdict}, not healthy`]),
    ...(after.authenticates && secondsToRebound.length > 0 ? [] : ['nobody gets in']),
    ...changedFields.map((field) => `${field} is not what it was`),
    ...(wasRedriven === isTroubled ? [] : [wasRedriven ? 'was redriven without need' : 'was not redriven']),
  ];
}

function notLeftAlone(entry: ToldEntry, story: ToldStory): string[] {
  const { seed, changedAt, changedFields } = entry;
  const reason = reasonOf(entry, story);
  const wanted = seed.principalArn === STORY_ROLES.admins.arn ? 'NeedsApproval: AdminPolicy' : 'healthy';
  return [
    ...(changedAt.length === 0 && changedFields.length === 0 ? [] : ['was changed and should not have been']),
    ...(reason === wanted ? [] : [`ended as '${reason}', not '${wanted}'`]),
  ];
}
