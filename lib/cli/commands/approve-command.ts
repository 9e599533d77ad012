import { answerCommand } from './answer-command.ts';

/** `eks-rebind approve`. */
export const approveCommand = answerCommand('approve', 'may');
