import { dynamodbLedger } from '../../aws/dynamodb-ledger.ts';
import { inAwsWords } from '../../aws/name-errors.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { EntryRef } from '../../core/shapes.ts';
import { objectOr, parsed, textOr } from '../replay/json-object.ts';
import type { Session } from '../session/session.ts';
import type { Service } from './find-service.ts';
import { listExecutions } from './list-executions.ts';
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
  const ledger = ledgerOf(session, service);
  const running = await listExecutions(session, service, {
    machines: ['rebind-entry'],
    statuses: ['RUNNING'],
    sinceOf: 'start',
  });
  const found: { executionArn: string; question: string }[] = [];
  for (const { shown, input } of running) {
    const entry = entryIn(input);
    const waiting = entry && (await ledger.read(entry))?.record.waiting;
    if (waiting?.executionArn !== shown.executionArn) continue;
    found.push({ executionArn: shown.executionArn, question: waiting.questionId });
  }
  return found;
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
