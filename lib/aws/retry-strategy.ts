import type { StandardRetryStrategy } from '@smithy/core/retry';
import type { Clock, Random } from '../runtime.ts';

/** What the SDK's retry middleware asks of a strategy. */
export type RetryStrategy = Pick<
  StandardRetryStrategy,
  'acquireInitialRetryToken' | 'refreshRetryTokenForRetry' | 'recordSuccess'
>;
type RetryToken = Awaited<ReturnType<RetryStrategy['acquireInitialRetryToken']>>;

/** How often a call is sent, and how long it waits before it is sent again. */
export interface RetryPlan {
  /** The first one counts. */
  readonly attempts: number;
  readonly clock: Clock;
  readonly random: Random;
}

// Full jitter: the wait is drawn from 0 up to base * 2^n, so that callers throttled together come back apart. Six attempts wait
// for 15.5 s on average and 31 s at most after throttles (base 1 s), a tenth of that after lost connections and 5xx.
const THROTTLED_BASE_MS = 1_000;
const FAILED_BASE_MS = 100;
const LONGEST_WAIT_MS = 20_000;

/** How often a call is sent before it counts as failed. */
export const DEFAULT_ATTEMPTS = 6;

/** No further attempt: the SDK throws the call's own error, not this one. */
class NoRetryLeft extends Error {
  override readonly name = 'NoRetryLeft';
}

/** The wait has passed already when the SDK gets its token: it must not sleep itself, on a timer of the machine. */
const token = (retries: number, waitedMs: number): RetryToken => ({
  getRetryCount: () => retries,
  getRetryCost: () => undefined,
  getRetryDelay: () => 0,
  $retryLog: { acquisitionDelay: waitedMs },
});

/**
 * Sends again after throttles, 5xx and lost connections, waiting on the clock it is handed. The SDK's own strategies sleep on
 * global timers and ask `Math.random`: under a virtual clock they hang, and no run of theirs can be repeated.
 */
export function createRetryStrategy({ attempts, clock, random }: RetryPlan): RetryStrategy {
  return {
    acquireInitialRetryToken: async () => token(0, 0),
    async refreshRetryTokenForRetry(last, { errorType }) {
      const retries = last.getRetryCount() + 1;
      if (errorType === 'CLIENT_ERROR' || retries >= attempts) throw new NoRetryLeft(`${retries} sent, ${errorType}`);
      const base = errorType === 'THROTTLING' ? THROTTLED_BASE_MS : FAILED_BASE_MS;
      const wait = Math.floor(random() * Math.min(LONGEST_WAIT_MS, base * 2 ** (retries - 1)));
      await clock.idle(() => clock.pause(wait));
      return token(retries, wait);
    },
    recordSuccess() {},
  };
}
