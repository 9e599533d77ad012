import type { AnswerOptions } from '../commands/answer-command.ts';
import type { ExitCode, Terminal } from '../io.ts';
import { giveAnswer } from './give-answer.ts';

/** Answers a question of the guard: the principal may have the access of the one before. */
export const approve = (options: AnswerOptions, terminal: Terminal): Promise<ExitCode> =>
  giveAnswer('approve', options, terminal);
