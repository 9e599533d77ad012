import { reasonOf } from './assemble-document.ts';
import { entryName } from '../timeline/narrate-rebind.ts';
import { STORY_APPROVERS, STORY_ROLES, TROUBLED_CLUSTER } from './story-world.ts';
import type { ToldEntry, ToldStory } from './told-story.ts';
import { approverOf, outcomeOf } from '../timeline/execution-report.ts';

/** Whether the story promises that the entry is rebound. */
export const isPromised = ({ seed }: ToldEntry): boolean => seed.principalArn !== STORY_ROLES.healthy.arn;

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
  const approvedBy = last && approverOf(last);
  const wantedApprover = seed.principalArn === STORY_ROLES.admins.arn ? STORY_APPROVERS.colleague.arn : undefined;
  return [
    ...(before?.verdict === 'stale' && !before.authenticates ? [] : ['was not broken by the recreation']),
    ...(outcome === 'Rebound' ? [] : [`its execution ended as ${outcome}, not Rebound`]),
    ...(after.verdict === 'healthy' ? [] : [`is ${after.verdict}, not healthy`]),
    ...(after.authenticates && secondsToRebound.length > 0 ? [] : ['nobody gets in']),
    ...changedFields.map((field) => `${field} is not what it was`),
    ...(approvedBy === wantedApprover
      ? []
      : [`was approved by ${approvedBy ?? 'nobody'}, not ${wantedApprover ?? 'nobody'}`]),
    ...(wasRedriven === isTroubled ? [] : [wasRedriven ? 'was redriven without need' : 'was not redriven']),
  ];
}

function notLeftAlone(entry: ToldEntry, story: ToldStory): string[] {
  const { changedAt, changedFields } = entry;
  const reason = reasonOf(entry, story);
  return [
    ...(changedAt.length === 0 && changedFields.length === 0 ? [] : ['was changed and should not have been']),
    ...(reason === 'healthy' ? [] : [`ended as '${reason}', not 'healthy'`]),
  ];
}
