import type { FunctionDefinition } from '../../local/deployment.ts';
import { type FunctionProcess, startFunction } from './start-function.ts';

type Invoke = FunctionDefinition['invoke'];

/** Functions that run from a bundle, each in a process of its own. */
export interface BundledFunctions {
  /** The code of a function by its handler string: an export of the bundle. */
  readonly codeOf: (handler: string, functionName: string) => Invoke;
  /** Kills every process. */
  readonly close: () => Promise<void>;
}

/**
 * Runs functions from a bundle's file, over sockets, against the AWS at an endpoint. A function's process starts with its first
 * invocation and keeps its environment; it takes one invocation after another, where Lambda would start a second process.
 */
export function bundledFunctions(file: string, endpoint: () => Promise<string>): BundledFunctions {
  const started = new Map<string, FunctionProcess>();
  let isClosed = false;

  async function processOf(functionName: string, env: Parameters<Invoke>[2]['env']): Promise<FunctionProcess> {
    const known = started.get(functionName);
    if (known?.isAlive()) return known;
    const url = await endpoint();
    if (isClosed) throw new Error(`function '${functionName}' was invoked after the end`);
    const fresh = startFunction({ ...env, AWS_ENDPOINT_URL: url });
    started.set(functionName, fresh);
    return fresh;
  }

  return {
    codeOf(handler, functionName) {
      const exportName = /^index\.(\w+)$/.exec(handler)?.[1];
      if (!exportName) throw new Error(`function '${functionName}' has the handler '${handler}', expected index.NAME`);
      const run: Invoke = async (event, invocation, { env, write }) => {
        const process = await processOf(functionName, env);
        const { awsRequestId, invokedFunctionArn } = invocation;
        const context = { functionName, awsRequestId, invokedFunctionArn };
        const milliseconds = invocation.getRemainingTimeInMillis();
        const answer = await process.run({ file, exportName, event, context, milliseconds }, write);
        if ('value' in answer) return answer.value;
        throw Object.assign(new Error(answer.error.message), answer.error);
      };
      let last: Promise<unknown> = Promise.resolve();
      return (event, context, runtime) => {
        const before = last;
        // Busy from the wait for its turn on: a virtual clock sees neither processes nor sockets.
        const result = runtime.clock.busy(async () => {
          await before;
          return run(event, context, runtime);
        });
        last = result.catch(() => {});
        return result;
      };
    },
    async close() {
      isClosed = true;
      await Promise.all([...started.values()].map((process) => process.kill()));
    },
  };
}
