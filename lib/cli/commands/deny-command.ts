import { answerCommand } from './answer-command.ts';

/** `eks-rebind deny`. */
export const denyCommand = answerCommand('deny', 'may not');
