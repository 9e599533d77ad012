import { answerQuestion, type PersonsAnswer } from '../../aws/answer-client.ts';
import { executionLink } from '../../core/console-links.ts';
import type { AnswerOptions } from '../commands/answer-command.ts';
import { type ExitCode, type Io, type Terminal, UsageError } from '../io.ts';
import { objectOr, parsed, textOr } from '../replay/json-object.ts';
import { openSession } from '../session/open-session.ts';
import type { Session } from '../session/session.ts';
import { consentTo, exitWithout, WITHOUT_CONSENT } from './consent.ts';
import { requireAnswerUrl, requireService, type Service } from './find-service.ts';
import { openQuestions, readQuestion } from './read-questions.ts';
import { questionLines, type ShownQuestion } from './shown-question.ts';
import { writeData } from './write-data.ts';

type Answer = PersonsAnswer['answer'];

/** The question as far as it could be read, and what people are told of it. */
interface Asked {
  readonly id: string;
  readonly shown?: ShownQuestion;
  readonly lines: readonly string[];
}

/** Shows a question, and answers it once whoever typed the command said yes to just that. */
export async function giveAnswer(answer: Answer, options: AnswerOptions, terminal: Terminal): Promise<ExitCode> {
  const { io } = terminal;
  const { output } = options;
  const session = await openSession(options, terminal);
  const service = await requireService(session, options.namePrefix);
  const url = await requireAnswerUrl(session, service);
  const asked = await askedOf(session, service, { ...options, answer }, terminal);
  if (!asked) {
    await writeData(told(answer, undefined, 'nobody is asked anything'), output, io);
    return 0;
  }
  for (const line of asked.lines) (output === 'table' ? io.stdout : io.stderr)(line);
  const consent = await consentTo(`${answer === 'approve' ? 'Approve' : 'Deny'} this?`, options, terminal);
  if (consent !== 'given') {
    await writeData(told(answer, asked, `not answered; ${WITHOUT_CONSENT[consent]}`), output, io);
    return exitWithout(consent);
  }
  const reply = await answerQuestion(session.runtime, url, { question: asked.id, answer });
  return tellReply({ answer, asked, reply, session, output }, io);
}

/** The question that was named, or else the one that is open. */
async function askedOf(
  session: Session,
  service: Service,
  { question, answer, dryRun }: Pick<AnswerOptions, 'question' | 'dryRun'> & { readonly answer: Answer },
  terminal: Terminal,
): Promise<Asked | undefined> {
  if (question !== undefined) {
    if (!/^[0-9a-f]{24}$/.test(question)) {
      throw new UsageError(`a question's id is 24 hexadecimal digits, as the notification tells it, not '${question}'`);
    }
    const shown = await readQuestion(session, service, question);
    if (!shown)
      throw new UsageError(`there is no question ${question}; eks-rebind ${answer} alone lists the open ones`);
    if ('unread' in shown) {
      const blind = `question ${question}: what would be granted can't be shown, ${shown.unread}; the notification tells it`;
      return { id: question, lines: [blind] };
    }
    return { id: question, shown, lines: questionLines(shown) };
  }
  const open = await openQuestions(session, service);
  if ('unread' in open) throw new UsageError(`${open.unread}: name the question, the notification tells its id`);
  const [only, ...others] = open;
  if (!only) return undefined;
  // What is shown and not sent may be the only one, and so may what a person says yes to after seeing it.
  if (others.length === 0 && (terminal.isInteractive || dryRun))
    return { id: only.question, shown: only, lines: questionLines(only) };
  for (const one of open) for (const line of questionLines(one)) terminal.io.stderr(line);
  throw new UsageError(`name the question to ${answer}: ${open.map((one) => one.question).join(', ')}`);
}

interface Replied {
  readonly answer: Answer;
  readonly asked: Asked;
  readonly reply: { readonly status: number; readonly body: string };
  readonly session: Session;
  readonly output: AnswerOptions['output'];
}

/** Says what came of an answer. */
async function tellReply({ answer, asked, reply, session, output }: Replied, io: Io): Promise<ExitCode> {
  const { status } = reply;
  const body = bodyOf(reply.body);
  const message = textOr(body['message']) ?? textOr(body['Message']) ?? reply.body;
  if (status !== 200) {
    const why = textOr(body['message']) === undefined && status === 403 ? forbidden(session) : message;
    await writeData(told(answer, asked, `not answered: ${why}`, { status }), output, io);
    io.error(`error: ${refusal(status, answer)}: ${why}`);
    return 1;
  }
  const woken = (Array.isArray(body['executions']) ? body['executions'] : []).filter((one) => typeof one === 'string');
  const links = woken.map((arn) => executionLink(session.homeRegion, arn) ?? arn);
  const goesOn =
    links.length > 0 ? `these go on: ${links.join(' ')}` : 'no execution waits; it counts for the next attempt';
  await writeData(
    told(answer, asked, `${message}; ${goesOn}`, { status, executions: woken, consoles: links }),
    output,
    io,
  );
  return 0;
}

const refusal = (status: number, answer: Answer): string =>
  ({
    400: 'the answer was not understood',
    403: `you may not ${answer} this`,
    404: 'there is no such question',
    409: 'too late',
  })[status] ?? `AnswerApproval answered ${status}`;

/** Lambda's own refusal names nothing (Lambda developer guide, "Control access to function URLs"). */
const forbidden = ({ callerArn }: Session): string =>
  `AWS lets ${callerArn} not call the function URL: approvers are named when the service is deployed, and need lambda:InvokeFunctionUrl and lambda:InvokeFunction`;

function bodyOf(body: string): Readonly<Record<string, unknown>> {
  try {
    return objectOr(parsed(body));
  } catch {
    return {};
  }
}

function told(answer: Answer, asked: Asked | undefined, verdict: string, more: object = {}) {
  const document = {
    schemaVersion: 1,
    summary: { answer, question: asked?.id ?? null, isAnswered: 'executions' in more, verdict, ...more },
    ...(asked?.shown && { question: asked.shown }),
  };
  return { document, rows: [], verdict };
}
