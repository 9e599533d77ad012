import * as v from 'valibot';
import { approvalNotification } from './approval-notification.ts';
import { countingAnswer } from './counting-answer.ts';
import { AlreadyAnswered } from './errors.ts';
import { takeLease, writeJournal } from './lease.ts';
import type { Lease } from './lease.ts';
import type { AskedQuestion, LedgerRecord, VersionedQuestion } from './ledger.ts';
import { coveredBy, openQuestion } from './open-question.ts';
import type { Ports } from './ports.ts';
import { principalOf } from './principal-of.ts';
import { StepInput } from './step-result.ts';

/** What AskForApproval is told. The token ends the wait: it goes into the ledger, and nowhere else. */
export const AskForApprovalInput = v.object({
  ...StepInput.entries,
  taskToken: v.pipe(v.string(), v.minLength(1)),
});
export type AskForApprovalInput = v.InferOutput<typeof AskForApprovalInput>;

/** What AskForApproval answers to Lambda; Step Functions goes by the token alone. */
export interface AskForApprovalOutput {
  readonly schemaVersion: 1;
  readonly status: 'asked';
}

type AskPorts = Pick<Ports, 'settings' | 'ledger' | 'principals' | 'notifications' | 'metrics' | 'answering'>;

/**
 * Sends people the question, once for all entries of the principal, and notes who waits for the answer. Where there is
 * nothing to wait for it fails as `AlreadyAnswered`: the workflow looks again, and the ledger tells it how to go on.
 */
export async function askForApproval(input: AskForApprovalInput, ports: AskPorts): Promise<AskForApprovalOutput> {
  const { now, taskToken } = input;
  const { ledger, settings } = ports;
  const lease = await takeLease(input, ledger);
  if ('next' in lease) throw new AlreadyAnswered('the rebind is no longer this execution\u2019s, or has ended');
  const { key, journal, record } = lease;
  const asked = record.asked.at(-1);
  if (asked?.principalId !== journal.incarnation.principalId) throw new AlreadyAnswered('nothing is asked any more');

  const principal = principalOf(key.entry);
  const records = await ledger.ofPrincipal(principal);
  const expiresAt = new Date(Date.parse(now) + settings.approvalSeconds * 1000).toISOString();
  const { incarnation } = journal;
  const opened = await openQuestion(
    { principal, incarnation, digest: asked.digest, records, askedAt: now, expiresAt },
    ledger,
  );
  const { id } = opened.question;
  if (await tellPeople(lease, opened, { records, now }, ports)) ports.metrics.record({ Waiting: 1 });

  const waiting = { questionId: id, taskToken, executionArn: key.holder };
  const registered = await writeJournal(lease, ledger, journal, (current) => ({
    ...current,
    waiting,
    asked: current.asked.map((one) => withQuestionId(one, asked.digest, id)),
  }));
  if ('next' in registered) throw new AlreadyAnswered('another execution works on this entry now');

  // An answer that came before the registration found nobody to tell.
  const question = (await ledger.readQuestion(id))?.question ?? opened.question;
  if (countingAnswer(question, records) === undefined && Date.parse(question.expiresAt) > Date.parse(now)) {
    return { schemaVersion: 1, status: 'asked' };
  }
  await writeJournal(registered, ledger, registered.journal, ({ waiting: _over, ...current }) => current);
  throw new AlreadyAnswered(`question ${id} is answered, or its time is over`);
}

function withQuestionId(asked: AskedQuestion, digest: string, questionId: string): AskedQuestion {
  return asked.digest === digest ? { ...asked, questionId } : asked;
}

/** Sends the notification once, and answers whether it did now. Where the answer to the sending was lost, it is sent twice rather than never. */
async function tellPeople(
  { key }: Lease,
  { question, version }: VersionedQuestion,
  { records, now }: { readonly records: readonly LedgerRecord[]; readonly now: string },
  { ledger, settings, principals, notifications, answering }: AskPorts,
): Promise<boolean> {
  if (question.notifiedAt !== undefined) return false;
  const living = await principals.read(principalOf(key.entry));
  await notifications.notify(
    approvalNotification({
      question,
      records: coveredBy(question, records),
      living,
      settings,
      answerUrl: answering.url,
    }),
  );
  // A conflict means that somebody answered or told of it meanwhile: nothing is lost by not noting it.
  await ledger.writeQuestion({ ...question, notifiedAt: now }, version);
  return true;
}
