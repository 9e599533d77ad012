import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import { AwsThrottled, AwsUnavailable } from '../core/errors.ts';

type SdkError = Parameters<typeof isThrottlingError>[0];

const isSdkError = (error: unknown): error is SdkError => error instanceof Error;

/** Whether AWS answered "slow down". */
export const isThrottle = (error: unknown): boolean => isSdkError(error) && isThrottlingError(error);

/** A server error, or no answer at all: whether the call took effect is unknown. */
export const isUnavailable = (error: unknown): boolean =>
  isSdkError(error) && (isTransientError(error) || isServerError(error));

/** AWS's own error name and text, for messages of ours. */
export const inAwsWords = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** Gives names to what AWS answers after our own retries are used up; whatever else was thrown goes through untouched. */
export async function nameErrors<T>(action: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isThrottle(error)) throw new AwsThrottled(`${action} is throttled; ${inAwsWords(error)}`, { cause: error });
    if (isUnavailable(error))
      throw new AwsUnavailable(`${action} got no answer; ${inAwsWords(error)}`, { cause: error });
    throw error;
  }
}
