import { createRequire } from 'node:module';
import { type Answer, type Assignment, endLine, TIMED_OUT } from './assignment.ts';

// The process of one function, standing in for Lambda's Node.js runtime: environment, sockets and stdout are its own.

type Handler = (event: unknown, context: object) => Promise<unknown>;

async function answerTo({ file, exportName, event, context, milliseconds }: Assignment): Promise<Answer> {
  const deadline = Date.now() + milliseconds;
  const getRemainingTimeInMillis = () => Math.max(0, deadline - Date.now());
  try {
    const bundle: Record<string, Handler | undefined> = createRequire(import.meta.url)(file);
    const handler = bundle[exportName];
    // The runtime's own words (aws-lambda-nodejs-runtime-interface-client, UserFunction).
    if (!handler) throw named('Runtime.HandlerNotFound', `index.${exportName} is undefined or not exported`);
    return { value: (await handler(event, { ...context, getRemainingTimeInMillis })) ?? null };
  } catch (thrown) {
    const { name, message, stack = '' } = thrown instanceof Error ? thrown : named(typeof thrown, String(thrown));
    return { error: { name, message, stack } };
  }
}

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

async function carryOut(assignment: Assignment): Promise<void> {
  const patience = setTimeout(() => process.exit(TIMED_OUT), assignment.milliseconds);
  const answer = await answerTo(assignment);
  clearTimeout(patience);
  process.stdout.write(`${endLine(assignment.context.awsRequestId)}\n`);
  process.send?.(answer);
}

process.on('message', (assignment: Assignment) => void carryOut(assignment));
process.once('disconnect', () => process.exit());
