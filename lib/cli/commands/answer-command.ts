import { Argument } from 'commander';
import type { PersonsAnswer } from '../../aws/answer-client.ts';
import type { ExitCode, Terminal } from '../io.ts';
import type { CommandDefinition } from './command-definition.ts';
import { type ChangeOptions, changeOptions } from './common-options.ts';

/** What `eks-rebind approve` and `eks-rebind deny` can be told. */
export interface AnswerOptions extends ChangeOptions {
  /** The question's id, as the notification tells it. @default the one that is open */
  readonly question?: string;
}

/** The command that gives one of the two answers: `verdict` says in words what it is that is answered. */
export const answerCommand = (
  answer: PersonsAnswer['answer'],
  verdict: string,
  run: (options: AnswerOptions, terminal: Terminal) => Promise<ExitCode>,
): CommandDefinition => ({
  name: answer,
  description: `Answers a question of the guard: the role ${verdict} have the access of the one before it.`,
  arguments: [
    new Argument('[question]', "the question's id, as the notification tells it; without it, the one that is open"),
  ],
  options: changeOptions(),
  examples: [
    { line: `eks-rebind ${answer} 0123456789abcdef01234567 --dry-run`, says: 'what is asked, and of whom' },
    { line: `eks-rebind ${answer} 0123456789abcdef01234567 --yes`, says: 'answer without being asked again' },
  ],
  exitCodes: { 2: 'nothing was answered: nobody was there to say yes' },
  run,
});
