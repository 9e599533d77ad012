import type { LedgerRecord, Question } from './ledger.ts';
import { placeName } from './places.ts';
import type { PrincipalReading } from './ports.ts';
import type { Settings } from './settings.ts';
import { shownLines, shownSubject } from './shown-text.ts';
import type { PolicyAssociation } from './shapes.ts';

// SNS takes a message of 256 KB (SNS API reference, Publish).
const ENTRIES_SHOWN = 100;
const LIST_SHOWN = 20;

/** What a notification tells of. */
export interface ToTell {
  readonly question: Question;
  /** The entries that the question is about. */
  readonly records: readonly LedgerRecord[];
  /** The principal as it is now, if it is there. */
  readonly living: PrincipalReading | undefined;
  readonly settings: Pick<Settings, 'approvers'>;
  /** Where answers are sent: the function URL of AnswerApproval. */
  readonly answerUrl: string;
}

/** What people are sent: what would be granted to whom, why it asks, and how to answer. Nothing in it ends a wait. */
export function approvalNotification({ question, records, living, settings, answerUrl }: ToTell) {
  const { id, principal, incarnation, expiresAt } = question;
  const entries = records.slice(0, ENTRIES_SHOWN).flatMap(entryLines);
  const more = records.length - ENTRIES_SHOWN;
  const actors = [...new Set(records.flatMap((record) => (record.actors ?? []).map(asText)))];
  const why = [...new Set(records.flatMap(({ asked }) => asked.at(-1)?.why ?? []))];
  const boundary = living?.permissionsBoundaryArn;
  const message = [
    `${incarnation.principalArn} was made anew. May it have the access of the one before?`,
    `New id: ${incarnation.principalId}, created ${incarnation.createdAt}`,
    `Permissions boundary: ${boundary ?? 'none'}`,
    '',
    'What it would be granted:',
    ...entries,
    ...(more > 0 ? [`- and ${more} more entries`] : []),
    '',
    'Why you are asked:',
    ...why.slice(0, LIST_SHOWN).map((reason) => `- ${reason}`),
    '',
    'Who deleted and created it, as far as events tell:',
    ...(actors.length > 0 ? actors.slice(0, LIST_SHOWN) : ['- no event told']),
    '',
    `Until ${expiresAt} one of these may answer, but nobody who deleted or created it:`,
    ...settings.approvers.slice(0, LIST_SHOWN).map((arn) => `- ${arn}`),
    '',
    ...howToAnswer(id, answerUrl),
  ];
  return {
    subject: shownSubject(`eks-rebind asks: access for ${principal.kind} ${principal.name}`),
    message: shownLines(message),
  };
}

function entryLines({ entry, journal }: LedgerRecord): string[] {
  const { snapshot } = journal ?? {};
  return [
    `- cluster ${entry.clusterName} in ${placeName(entry)}, type ${snapshot?.type ?? 'unknown'}`,
    `  username: ${snapshot?.username ?? "EKS's own for it"}; groups: ${listed(snapshot?.kubernetesGroups)}`,
    ...(snapshot?.policies ?? []).slice(0, LIST_SHOWN).map((policy) => `  policy ${policyText(policy)}`),
  ];
}

function policyText({ policyArn, accessScope: { type, namespaces } }: PolicyAssociation): string {
  return `${policyArn} in ${type === 'cluster' ? 'the whole cluster' : `namespaces ${listed(namespaces)}`}`;
}

function listed(items: readonly string[] = []): string {
  return items.length > 0 ? items.join(', ') : 'none';
}

function asText({ did, actorArn, at }: NonNullable<LedgerRecord['actors']>[number]): string {
  return `- ${did} by ${actorArn} at ${at}`;
}

/** The two commands. Nothing goes into them but an id of ours and the configured URL: what AWS tells could be anybody's text. */
function howToAnswer(id: string, url: string): string[] {
  const region = /\.lambda-url\.([a-z0-9-]+)\.on\.aws/.exec(url)?.[1] ?? 'us-east-1';
  const command = (answer: string) =>
    `curl --fail-with-body --aws-sigv4 'aws:amz:${region}:lambda' --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" ` +
    `-H "x-amz-security-token: $AWS_SESSION_TOKEN" -H 'content-type: application/json' ` +
    `--data '{"schemaVersion":1,"question":"${id}","answer":"${answer}"}' '${url}'`;
  return ['To approve:', command('approve'), '', 'To deny:', command('deny')];
}
