import type { Target } from '@aws-sdk/client-eventbridge';
import type { Clock, Random } from '../../runtime.ts';
import { AwsFault } from '../call.ts';
import type { DeadLetter, Rule } from './bus-state.ts';
import type { BusEvent } from './event.ts';
import { targetInput } from './target-input.ts';

/** What takes an event that a rule matched. A thrown error means that it did not. */
export interface BusTargets {
  /** Starts an execution of a state machine with the input's JSON text. */
  startExecution(stateMachineArn: string, input: string): Promise<unknown>;
  /** Invokes a function with the input's JSON text, without waiting for its result. */
  invokeFunction?(functionArn: string, input: string): Promise<unknown>;
}

/** What a delivery works with. */
export interface Delivery {
  readonly clock: Clock;
  readonly random: Random;
  readonly targets: BusTargets;
  readonly toDeadLetters: (letter: DeadLetter) => void;
}

// EventBridge user guide, eb-rule-retry-policy: 185 attempts, 24 hours, "exponential back off and jitter".
const MOST_RETRIES = 185;
const MOST_SECONDS = 86_400;
// The waits themselves are not documented: a second, doubled each time, up to ten minutes; 185 of those pass the 24 hours.
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 600_000;

// Failures that may pass; any other answer of AWS's goes straight to the dead letters (eb-rule-retry-policy, "not retryable").
const PASSING = ['ThrottlingException', 'TooManyRequestsException', 'ServiceException', 'InternalServerError'];

const mayPass = (error: unknown) => !(error instanceof AwsFault) || PASSING.includes(error.name);

/** Hands an event to a target, again and again while the failure may pass; in the end to the dead letters. */
export async function deliver(event: BusEvent, rule: Rule, target: Target, delivery: Delivery): Promise<void> {
  const { clock, random } = delivery;
  const start = clock.now();
  const mostRetries = target.RetryPolicy?.MaximumRetryAttempts ?? MOST_RETRIES;
  const lastMoment = start + (target.RetryPolicy?.MaximumEventAgeInSeconds ?? MOST_SECONDS) * 1_000;
  for (let attempts = 1; ; attempts += 1) {
    try {
      await handOver(event, target, delivery.targets);
      return;
    } catch (error) {
      const wait = Math.ceil(random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1)));
      const isLast = !mayPass(error) || attempts > mostRetries || clock.now() + wait > lastMoment;
      if (isLast) {
        delivery.toDeadLetters(letterOf(error, event, rule, target, attempts, clock.now()));
        return;
      }
      await clock.pause(wait);
    }
  }
}

async function handOver(event: BusEvent, target: Target, targets: BusTargets): Promise<void> {
  const arn = target.Arn ?? '';
  const input = targetInput(target, event);
  if (isFunction(arn) && targets.invokeFunction) await targets.invokeFunction(arn, input);
  else await targets.startExecution(arn, input);
}

/** Whether an ARN is that of a Lambda function. */
export const isFunction = (arn: string): boolean => /^arn:[^:]+:lambda:/.test(arn);

function letterOf(
  error: unknown,
  event: BusEvent,
  rule: Rule,
  target: Target,
  attempts: number,
  at: number,
): DeadLetter {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return {
    at,
    ruleArn: rule.arn,
    targetArn: target.Arn ?? '',
    ...(target.DeadLetterConfig?.Arn && { queueArn: target.DeadLetterConfig.Arn }),
    event,
    attempts,
    errorCode: name,
    errorMessage: message,
  };
}
