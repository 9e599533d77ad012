import * as v from 'valibot';
import type { Announcement } from './ports.ts';
import type { Cause, OutcomeName, Reason } from './shapes.ts';
import { shownLines, shownSubject } from './shown-text.ts';

const LIST_SHOWN = 20;
// SNS takes 262,144 bytes (API reference, Publish). A line has 1,000 characters of 3 bytes at most: 60 of them and a dozen others
// are 216,000.
const WHY_LINES = 60;

/** What an end means for whoever is woken by it, and what is theirs to do. */
const MEANING: Readonly<Record<OutcomeName, readonly [means: string, todo: string]>> = {
  Rebound: ['The entry is bound to the principal that lives now, and has all that it had.', 'Nothing.'],
  NotStale: ['The entry needs no rebind, or there is none. Nothing was changed.', 'Nothing.'],
  Refused: [
    'A rule forbids to rebind the entry, whoever approves it.',
    'See which rule. If the access is to be given back, do it by hand.',
  ],
  NeedsApproval: [
    'A person has to decide whether the entry may be rebound, and nobody can be asked.',
    'See who can use the new principal; then give the access back by hand, or name approvers.',
  ],
  Denied: [
    'A person was asked whether the entry may be rebound, and said no.',
    'Nothing. Should somebody think otherwise: an approval of the same question still counts.',
  ],
  Unanswered: [
    'People were asked whether the entry may be rebound, and nobody answered in time.',
    'Answer the question: an approval still counts, for the next attempt.',
  ],
  LeftToOwner: [
    'Somebody else changed, deleted or made the entry meanwhile. Theirs stays as it is.',
    'See whether the entry is as its owner wants it.',
  ],
  Superseded: [
    'The principal was made anew once more, or another execution has taken over.',
    'Nothing here: look at the later execution.',
  ],
  KeepsChanging: [
    'The entry changed each time it was about to be rebound.',
    'Find out who keeps changing it. The next sweep tries again.',
  ],
  Orphaned: [
    'The principal that the entry names is gone, and the entry still stands.',
    'Delete the entry if the principal is not to come back.',
  ],
  OrphanRemoved: [
    'The principal that the entry names is gone, and the entry was removed. Its configuration is kept in the ledger.',
    'Nothing. Should the principal come back, a person is asked about the entry.',
  ],
};

/** Reasons that give a person something to do, whatever the outcome; the first that is there is told. */
const TODO: ReadonlyMap<string, string> = new Map([
  ['JournalOpen', 'Get the access back: docs/runbook.md, "Is access missing right now?"'],
  ['NoInstanceProfile', "Put the role back into its instance profile: new nodes can't use it until then."],
]);

/** What people are sent about an outcome: what happened to which entry, why, and what to do. To be read half asleep. */
export function outcomeNotification({ outcome, entry, incarnation, executionArn, cause }: Announcement) {
  const { name, reasons } = outcome;
  const { accountId, region, clusterName, principalArn } = entry;
  const [means, usually] = MEANING[name];
  const open = reasons.find(({ rule }) => rule === 'JournalOpen');
  const [todo = usually] = reasons.flatMap(({ rule }) => TODO.get(rule) ?? []);
  const principal = principalArn.slice(principalArn.lastIndexOf('/') + 1);
  const why = reasons.flatMap(reasonLines);
  const lines = [
    `${name}: ${means}`,
    ...(open ? [`ACCESS IS MISSING NOW: ${open.explanation}.`] : []),
    '',
    `Principal: ${principalArn}`,
    `Cluster: ${clusterName} in ${region}, account ${accountId}`,
    `Its id: ${incarnation.principalId}, created ${incarnation.createdAt}`,
    '',
    'Why:',
    ...why.slice(0, WHY_LINES),
    ...(why.length > WHY_LINES ? [`- and ${why.length - WHY_LINES} more lines: see the execution's output`] : []),
    '',
    `What to do: ${todo}`,
    `Runbook: docs/runbook.md, "${name}"`,
    '',
    `Execution: ${executionArn}`,
    `Started by: ${causeText(cause)}`,
  ];
  const what = open ? `${name}, access missing` : name;
  return { subject: shownSubject(`eks-rebind: ${what}: ${principal} in ${clusterName}`), message: shownLines(lines) };
}

const Differences = v.object({ differences: v.array(v.string()) });

function reasonLines({ rule, explanation, evidence }: Reason): string[] {
  const differs = v.safeParse(Differences, evidence);
  const lines = differs.success ? differs.output.differences.slice(0, LIST_SHOWN) : [];
  return [`- ${rule}: ${explanation}`, ...lines.map((line) => `  - ${line}`)];
}

function causeText({ kind, eventName, eventTime, actorArn, eventId, sourceExecutionArn }: Cause): string {
  const parts = [
    eventName,
    actorArn && `by ${actorArn}`,
    eventTime && `at ${eventTime}`,
    eventId && `event ${eventId}`,
    sourceExecutionArn && `from ${sourceExecutionArn}`,
  ];
  return [kind, ...parts.filter(Boolean)].join(', ');
}
