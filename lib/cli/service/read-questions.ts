import { dynamodbLedger } from '../../aws/dynamodb-ledger.ts';
import { inAwsWords } from '../../aws/name-errors.ts';
import { sfnExecutions } from '../../aws/sfn-executions.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { EntryRef } from '../../core/shapes.ts';
import { objectOr, parsed, textOr } from '../replay/json-object.ts';
import type { Session } from '../session/session.ts';
import type { Service } from './find-service.ts';
import { listExecutions } from './list-executions.ts';
import type { FoundExecution, ShownExecution } from './shown-execution.ts';
import { shownQuestion, type ShownQuestion } from './shown-question.ts';

/** Something of the ledger, or why whoever asks may not read it. */
type OrUnread<T> = T | { readonly unread: string };

/** Reads a question by its id; undefined where there is none. */
export function readQuestion(
  session: Session,
  service: Service,
  id: string,
): Promise<OrUnread<ShownQuestion> | undefined> {
  return orUnread(service, async () => questionIn(ledgerOf(session, service), id));
}

/** The open questions: those that executions wait for, each once. */
export function openQuestions(session: Session, service: Service): Promise<OrUnread<readonly ShownQuestion[]>> {
  return orUnread(service, async () => {
    const ledger = ledgerOf(session, service);
    const ids = new Set((await waitingFor(session, service)).map(({ question }) => question));
    const questions: ShownQuestion[] = [];
    for (const id of ids) {
      const question = await questionIn(ledger, id);
      if (question) questions.push(question);
    }
    return questions;
  });
}

/** Which executions wait for an answer, and to which question. Asks the ledger about each that runs. */
async function waitingFor(
  session: Session,
  service: Service,
): Promise<{ readonly executionArn: string; readonly question: string }[]> {
  const found: { executionArn: string; question: string }[] = [];
  for (const running of await runningRebinds(session, service)) {
    const { executionArn } = running.shown;
    const question = await questionOf(session, service, running);
    if (question !== undefined) found.push({ executionArn, question });
  }
  return found;
}

const runningRebinds = (session: Session, service: Service): Promise<FoundExecution[]> =>
  listExecutions(session, service, { machines: ['rebind-entry'], statuses: ['RUNNING'], sinceOf: 'start' });

/** The question that an execution waits for, as the ledger has it. */
async function questionOf(
  session: Session,
  service: Service,
  { shown, input }: FoundExecution,
): Promise<string | undefined> {
  const entry = entryIn(input);
  const waiting = entry && (await ledgerOf(session, service).read(entry))?.record.waiting;
  return waiting?.executionArn === shown.executionArn ? waiting.questionId : undefined;
}

/** The executions that wait for an answer. Whether one does its history tells, to which question the ledger alone. */
export async function waitingExecutions(
  session: Session,
  service: Service,
): Promise<{ readonly executions: readonly ShownExecution[]; readonly unread?: string }> {
  const executions: ShownExecution[] = [];
  let unread: string | undefined;
  for (const running of await runningRebinds(session, service)) {
    if ((await sfnExecutions(session.clients).latestState(running.shown.executionArn)) !== 'AskForApproval') continue;
    const question = await orUnread(service, async () => questionOf(session, service, running));
    if (typeof question === 'object') unread = question.unread;
    executions.push({ ...running.shown, ...(typeof question === 'string' && { question }) });
  }
  return { executions, ...(unread !== undefined && { unread }) };
}

const ledgerOf = ({ clients, runtime }: Session, { ledgerTable }: Service): Ledger =>
  dynamodbLedger(clients, ledgerTable, runtime.random);

async function questionIn(ledger: Ledger, id: string): Promise<ShownQuestion | undefined> {
  const question = (await ledger.readQuestion(id))?.question;
  return question && shownQuestion(question, await ledger.ofPrincipal(question.principal));
}

function entryIn(input: string): EntryRef | undefined {
  const entry = objectOr(parsed(input)['entry']);
  const [accountId, region, clusterName, principalArn] = ['accountId', 'region', 'clusterName', 'principalArn'].map(
    (member) => textOr(entry[member]),
  );
  if (!accountId || !region || !clusterName || !principalArn) return undefined;
  return { accountId, region, clusterName, principalArn };
}

/** DynamoDB names a denial so (DynamoDB developer guide, "Error handling"). */
async function orUnread<T>({ ledgerTable }: Service, read: () => Promise<T>): Promise<OrUnread<T>> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AccessDeniedException')) throw error;
    return { unread: `you may not read the ledger, table '${ledgerTable}' (${inAwsWords(error)})` };
  }
}
