import { answerCommand } from './answer-command.ts';

/** `eks-rebind approve`. */
export const approveCommand = answerCommand('approve', 'may', async (options, terminal) =>
  (await import('../service/approve.ts')).approve(options, terminal),
);
