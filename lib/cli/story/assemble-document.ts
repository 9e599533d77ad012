import { isServiceLinked } from '../../core/principal.ts';
import { approverOf, outcomeOf } from '../timeline/execution-report.ts';
import { type JsonObject, objectOr, textOr } from '../replay/json-object.ts';
import { roleNameOf } from '../timeline/narrate-rebind.ts';
import {
  spread,
  type PassedOver,
  type ReboundEntry,
  type StoryDocument,
  type UntouchedEntry,
} from './story-document.ts';
import { lineOf, type Scene } from '../timeline/timeline.ts';
import type { ToldEntry, ToldStory } from './told-story.ts';

/** What the document says beside what the story came to. */
export interface DocumentParts {
  readonly seed: number;
  readonly stories: readonly ToldStory[];
  readonly scenes: readonly Scene[];
  readonly passedOver: readonly PassedOver[];
  /** Whether an entry was to be rebound. */
  readonly isRebound: (entry: ToldEntry) => boolean;
}

/** The document of one or several stories. */
export function assembleDocument({ seed, stories, scenes, passedOver, isRebound }: DocumentParts): StoryDocument {
  const entries = stories.flatMap((story) => story.entries.map((entry) => ({ entry, story })));
  const rebound = entries.filter(({ entry }) => isRebound(entry));
  const apiCalls = new Map<string, number>();
  for (const [operation, calls] of stories.flatMap((story) => Object.entries(story.apiCalls))) {
    apiCalls.set(operation, (apiCalls.get(operation) ?? 0) + calls);
  }
  return {
    schemaVersion: 1,
    seed,
    entries: rebound.map(({ entry }) => reboundEntry(entry)),
    untouched: entries.filter(({ entry }) => !isRebound(entry)).map(({ entry, story }) => untouchedEntry(entry, story)),
    passedOver,
    secondsFromRecreationToRebound: spread(rebound.flatMap(({ entry }) => entry.secondsToRebound)),
    apiCalls: Object.fromEntries([...apiCalls].toSorted(([one], [other]) => (one < other ? -1 : 1))),
    stateTransitions: stories.reduce((sum, story) => sum + story.stateTransitions, 0),
    timeline: scenes.map(lineOf),
  };
}

const nowhere = { verdict: 'missing', authenticates: false } as const;

function reboundEntry({ seed, before, after, changedFields, executions }: ToldEntry): ReboundEntry {
  const last = executions.at(-1);
  const approvedBy = last && approverOf(last);
  return {
    region: seed.region,
    clusterName: seed.clusterName,
    principalArn: seed.principalArn,
    type: seed.type ?? 'STANDARD',
    before: before ?? nowhere,
    after,
    configurationPreserved: changedFields.length === 0,
    executionArn: last?.arn ?? '',
    status: last?.status ?? '',
    redriven: (last?.redriveCount ?? 0) > 0,
    ...(approvedBy !== undefined && { approvedBy }),
  };
}

function untouchedEntry(entry: ToldEntry, story: ToldStory): UntouchedEntry {
  const { region, clusterName, principalArn } = entry.seed;
  return { region, clusterName, principalArn, changed: entry.isChanged, reason: reasonOf(entry, story) };
}

/** Why an entry was left as it is: the outcome's name and rule; where no execution of its own ran, how it stands. */
export function reasonOf({ executions, after, seed }: ToldEntry, { reports }: ToldStory): string {
  const last = executions.at(-1);
  if (last) {
    const { name, rule } = outcomeOf(last);
    return rule ? `${name}: ${rule}` : name;
  }
  if (after.verdict === 'healthy') return 'healthy';
  const [kind] = (seed.principalArn.split(':').at(-1) ?? '').split('/');
  const own = `${kind}/${roleNameOf(seed.principalArn)}`.toLowerCase();
  const lastOfIt = reports.findLast(({ input }) => principalIn(input) === own);
  if (!lastOfIt) return after.verdict;
  const { name } = outcomeOf(lastOfIt);
  // Entries of service-linked roles are AWS's own: no execution of theirs ever starts.
  return isServiceLinked(seed.principalArn) ? `${name}: ServiceLinkedRole` : name;
}

/** `role/NAME` or `user/NAME`, in lower case. */
function principalIn(event: JsonObject): string {
  const asked = objectOr(objectOr(event['detail'])['requestParameters']);
  const [kind, name] = asked['userName'] === undefined ? ['role', asked['roleName']] : ['user', asked['userName']];
  return `${kind}/${textOr(name) ?? ''}`.toLowerCase();
}
