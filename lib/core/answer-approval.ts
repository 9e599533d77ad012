import * as v from 'valibot';
import { countingAnswer } from './counting-answer.ts';
import { LedgerContended } from './errors.ts';
import { parseSessionArn } from './principal.ts';
import { isSamePerson } from './same-person.ts';
import type { Answer, LedgerRecord, Question, WaitingExecution } from './ledger.ts';
import type { Ports } from './ports.ts';
import type { EntryRef } from './shapes.ts';
import { updateRecord } from './update-record.ts';

/** Anything: what is wrong with it is told to whoever sent it, as an answer. */
export const AnswerApprovalInput = v.unknown();

const Caller = v.object({
  requestContext: v.object({
    timeEpoch: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15)),
    authorizer: v.object({ iam: v.object({ userArn: v.string() }) }),
  }),
});
const Body = v.object({ body: v.string(), isBase64Encoded: v.optional(v.boolean(), false) });
const Said = v.object({
  schemaVersion: v.literal(1),
  question: v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/)),
  answer: v.picklist(['approve', 'deny']),
});

/** What a function URL answers with. */
export interface HttpAnswer {
  readonly statusCode: 200 | 400 | 403 | 404 | 409;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type AnswerPorts = Pick<Ports, 'settings' | 'ledger' | 'taskTokens'>;

// As many as there may be people who answer at the same moment.
const ATTEMPTS = 10;

/** Takes a person's answer from the function URL, whose IAM authentication vouches for who it is. */
export async function answerApproval(event: unknown, ports: AnswerPorts): Promise<HttpAnswer> {
  const { settings, ledger } = ports;
  const caller = v.safeParse(Caller, event);
  if (!caller.success) return says(403, 'who asks is unknown: the function URL has to authenticate by IAM');
  const { timeEpoch, authorizer } = caller.output.requestContext;
  const by = authorizer.iam.userArn;
  const isBy = (arn: string) => isSamePerson(arn, by);
  // A role stands for its sessions, but a session that is listed stands for itself alone.
  if (!settings.approvers.some((listed) => (parseSessionArn(listed) ? listed === by : isBy(listed))))
    return says(403, `${by} is not among the approvers`);
  const said = readBody(event);
  if (!said) {
    const wanted = '{"schemaVersion":1,"question":"<24 hexadecimal digits>","answer":"approve" or "deny"}';
    return says(400, `expected the JSON body ${wanted}`);
  }
  const question = (await ledger.readQuestion(said.question))?.question;
  if (!question) return says(404, `there is no question ${said.question}`);
  const records = await ledger.ofPrincipal(question.principal);
  const did = records.flatMap(({ actors = [] }) => actors).find(({ actorArn }) => isBy(actorArn))?.did;
  if (did) return says(403, `${by} ${did} the principal, and may not answer for it`);

  const verdict = said.answer === 'approve' ? 'approved' : 'denied';
  const answer = { verdict, by, at: new Date(timeEpoch).toISOString() } as const;
  const recorded = await record(question, answer, records, ledger);
  if (recorded !== verdict) return says(409, 'it is approved already, and may have been acted on');
  return says(200, verdict, await endWaits(question, verdict, ports));
}

function readBody(event: unknown): v.InferOutput<typeof Said> | undefined {
  const sent = v.safeParse(Body, event);
  if (!sent.success) return undefined;
  const { body, isBase64Encoded } = sent.output;
  try {
    const text = isBase64Encoded
      ? new TextDecoder().decode(Uint8Array.from(atob(body), (one) => one.charCodeAt(0)))
      : body;
    const said = v.safeParse(Said, JSON.parse(text));
    return said.success ? said.output : undefined;
  } catch {
    return undefined;
  }
}

/** Records the answer before anybody acts on it, and answers what counts. A denial may be taken back, an approval may not. */
async function record(
  { id }: Question,
  answer: Answer,
  records: readonly LedgerRecord[],
  ledger: Pick<Ports['ledger'], 'readQuestion' | 'writeQuestion'>,
): Promise<Answer['verdict']> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const stored = await ledger.readQuestion(id);
    if (!stored) continue;
    const { question, version } = stored;
    const last = countingAnswer(question, records)?.verdict;
    if (last === 'approved' || last === answer.verdict) return last;
    const answers = [...question.answers, answer];
    if ((await ledger.writeQuestion({ ...question, answers }, version)) === 'written') return answer.verdict;
  }
  throw new LedgerContended(`question ${id} was changed by others ${ATTEMPTS} times in a row; try again`);
}

/**
 * Wakes every execution that waits for this answer, and tells which these are. What they then do they decide by the ledger, not
 * by what they are told.
 */
async function endWaits(
  { id, principal }: Question,
  answer: Answer['verdict'],
  { ledger, taskTokens }: AnswerPorts,
): Promise<string[]> {
  const woken: string[] = [];
  for (const { entry, waiting } of await ledger.ofPrincipal(principal)) {
    if (waiting?.questionId !== id) continue;
    await taskTokens.succeed(waiting.taskToken, { answer });
    await forget(entry, waiting, ledger);
    woken.push(waiting.executionArn);
  }
  return woken;
}

function forget(entry: EntryRef, { taskToken }: WaitingExecution, ledger: AnswerPorts['ledger']): Promise<void> {
  return updateRecord<void>(entry, ledger, (current) => {
    const { waiting, ...rest } = current;
    return { ...(waiting?.taskToken === taskToken && { record: rest }), answer: undefined };
  });
}

function says(statusCode: HttpAnswer['statusCode'], message: string, executions?: readonly string[]): HttpAnswer {
  return {
    statusCode,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ schemaVersion: 1, message, ...(executions && { executions }) }),
  };
}
