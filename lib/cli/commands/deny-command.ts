import { answerCommand } from './answer-command.ts';

/** `eks-rebind deny`. */
export const denyCommand = answerCommand('deny', 'may not', async (options, terminal) =>
  (await import('../service/deny.ts')).deny(options, terminal),
);
