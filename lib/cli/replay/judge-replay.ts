import { GUARD_RULES } from '../../core/guard.ts';
import { isServiceLinked } from '../../core/principal.ts';
import { outcomeOf } from '../timeline/execution-report.ts';
import { entryName } from '../timeline/narrate-rebind.ts';
import type { ReplayedStory, PrincipalLife } from './replay-account.ts';
import type { ToldEntry } from '../story/told-story.ts';

/** All in which a replay is not as promised; empty when it is. */
export function judgeReplay(story: ReplayedStory): string[] {
  const ofEntries = story.entries.flatMap((entry) => {
    const lives = livesOf(entry, story.lives);
    const problems = [...endsBadly(entry, lives), ...changedWhileGone(entry, lives)];
    return problems.map((problem) => `${entryName(entry.seed)}: ${problem}`);
  });
  return [...ofEntries, ...story.gained.map((entry) => `an access entry that nobody made: ${entry}`)];
}

function livesOf({ seed }: ToldEntry, lives: readonly PrincipalLife[]): PrincipalLife[] {
  const [kind, ...rest] = (seed.principalArn.split(':').at(-1) ?? '').split('/');
  const name = `${kind}/${rest.at(-1)?.toLowerCase()}`;
  return lives.filter(({ principal }) => principal === name);
}

function endsBadly(entry: ToldEntry, lives: readonly PrincipalLife[]): string[] {
  const roleLives = lives.some(({ to }) => to === undefined);
  if (!roleLives || isNamedByGuard(entry)) return [];
  const { after, changedFields } = entry;
  return [
    ...(after.verdict === 'healthy' && after.authenticates ? [] : [`its role lives, and it is ${after.verdict}`]),
    ...changedFields.map((field) => `${field} is not what it was`),
  ];
}

/** A refusal or a question with a rule of the guard; the entries of service-linked roles are EKS's own and never looked at. */
function isNamedByGuard({ executions, seed }: ToldEntry): boolean {
  if (isServiceLinked(seed.principalArn)) return true;
  const last = executions.at(-1);
  const { name, rule } = last ? outcomeOf(last) : { name: '', rule: '' };
  const known: readonly string[] = GUARD_RULES;
  return (name === 'NeedsApproval' || name === 'Refused') && known.includes(rule);
}

/** Changes must fall into a life of the role, to the very moment. */
function changedWhileGone({ changedAt }: ToldEntry, lives: readonly PrincipalLife[]): string[] {
  const isAlive = (at: number) => lives.some(({ from, to }) => from <= at && (to === undefined || at <= to));
  return changedAt
    .filter((at) => !isAlive(at))
    .map((at) => `changed while its role was gone: ${new Date(at).toISOString()}`);
}
