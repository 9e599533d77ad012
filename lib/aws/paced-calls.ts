import type { Client } from '@smithy/core/client';
import type { Clock } from '../runtime.ts';
import { isThrottle } from './name-errors.ts';
import { createLimiter } from './limiter.ts';

/** Any SDK client: each types its stack by its own inputs and outputs, and the two middlewares here look at neither. */
export interface SdkClient {
  // oxlint-disable-next-line typescript/no-explicit-any -- see above; `object` and `never` are refused by variance
  readonly middlewareStack: Client<any, any, any, any>['middlewareStack'];
}

/** Has each call of the client count as busy work of the clock from first to last attempt, and each attempt wait for its turn. */
export function paced<C extends SdkClient>(client: C, clock: Clock, onThrottle?: () => void): C {
  const limiter = createLimiter(clock);
  function isHeardThrottle(error: unknown): boolean {
    const isOne = isThrottle(error);
    if (isOne) onThrottle?.();
    return isOne;
  }
  client.middlewareStack.add((next) => (args) => clock.busy(() => next(args)), {
    step: 'initialize',
    name: 'countAsBusy',
    priority: 'high',
  });
  const waitForTurn =
    <Input, Answer>(next: (args: Input) => Promise<Answer>) =>
    (args: Input) =>
      limiter.send(() => next(args), isHeardThrottle);
  client.middlewareStack.addRelativeTo(waitForTurn, {
    relation: 'after',
    toMiddleware: 'retryMiddleware',
    name: 'waitForTurn',
  });
  return client;
}
