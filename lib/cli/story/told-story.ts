import type { EntryConfiguration } from '../stage/entry-configuration.ts';
import { changedFields, configurationOf } from '../stage/entry-configuration.ts';
import { type EntryWatch, isSame } from '../stage/entry-watch.ts';
import { countTransitions, entryOf, type ExecutionReport, outcomeOf } from '../timeline/execution-report.ts';
import type { Stage } from '../stage/stage.ts';
import type { EntrySeed } from '../../local/eks/world.ts';
import type { EntryStanding } from './story-document.ts';

/** An entry after the story, with all that was seen of it. */
export interface ToldEntry {
  readonly seed: EntrySeed;
  /** How it stood just after its role was last made anew. */
  readonly before: EntryStanding | undefined;
  readonly after: EntryStanding;
  /** Fields of its configuration that aren't what they were. */
  readonly changedFields: readonly string[];
  /** When calls changed it, in milliseconds since 1970. */
  readonly changedAt: readonly number[];
  /** Calls changed it since its role was last made anew. */
  readonly isChanged: boolean;
  /** Its `rebind-entry` executions, oldest first. */
  readonly executions: readonly ExecutionReport[];
  readonly secondsToRebound: readonly number[];
}

/** A story once it is over. */
export interface ToldStory {
  readonly entries: readonly ToldEntry[];
  readonly reports: readonly ExecutionReport[];
  /** Entries that stand where none was. */
  readonly gained: readonly string[];
  readonly apiCalls: Readonly<Record<string, number>>;
  readonly stateTransitions: number;
}

/** Every entry's configuration as it is now, in the order of the plan. */
export function configurations({ plan, aws }: Stage): (EntryConfiguration | undefined)[] {
  return plan.entries.map((seed) => {
    const entry = aws.eks.state.entry(seed);
    return entry && configurationOf(entry);
  });
}

/** Gathers what the story came to. `was`: the configurations before it. */
export function gather(
  stage: Stage,
  watch: EntryWatch,
  reports: readonly ExecutionReport[],
  was: readonly (EntryConfiguration | undefined)[],
): ToldStory {
  const { plan, aws } = stage;
  const is = configurations(stage);
  const rebinds = reports.filter(({ machine }) => machine === 'rebind-entry');
  const entries = plan.entries.map((seed, index): ToldEntry => {
    const configuration = was[index];
    const before = watch.before(seed);
    const changedAt = aws.eks.state.changesOf(seed).map(({ at }) => at);
    const rebound = rebinds.filter((report) => outcomeOf(report).name === 'Rebound' && isSame(entryOf(report), seed));
    return {
      seed,
      before: before && { verdict: before.verdict, authenticates: before.authenticates },
      after: watch.standing(seed),
      changedFields: configuration ? changedFields(configuration, is[index]) : [],
      changedAt,
      isChanged: changedAt.some((at) => at >= (before?.at ?? 0)),
      executions: rebinds.filter((report) => isSame(entryOf(report), seed)),
      secondsToRebound: rebound.length > 0 ? watch.secondsUntilIn(seed) : [],
    };
  });
  const isPlanned = (arn: string, clusterName: string, region: string) =>
    plan.entries.some(
      (seed) => seed.principalArn === arn && seed.clusterName === clusterName && seed.region === region,
    );
  const gained = aws.eks.state
    .entries()
    .map(({ ref }) => ref)
    .filter((ref) => !isPlanned(ref.principalArn, ref.clusterName, ref.region))
    .map(({ principalArn, clusterName, region }) => `${principalArn} in ${clusterName} (${region})`);
  return {
    entries,
    reports,
    gained,
    apiCalls: stage.serviceCalls(),
    stateTransitions: reports.reduce((sum, report) => sum + countTransitions(report), 0),
  };
}
