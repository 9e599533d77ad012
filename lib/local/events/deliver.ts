import type { Target } from '@aws-sdk/client-eventbridge';
import type { Clock, Random } from '../../runtime.ts';
import { AwsFault } from '../call.ts';
import type { Rule } from './bus-state.ts';
import { type DeadLetter, deadLetter, type ExhaustedRetries } from './dead-letter.ts';
import type { BusEvent } from './event.ts';
import type { AuthorizeRole } from '../role-access.ts';
import { busOf, type BusRef, checkForwarding } from './forwarding.ts';
import { targetInput } from './target-input.ts';

/** What takes an event that a rule matched. A thrown error means that it did not. */
export interface BusTargets {
  /** Starts an execution of a state machine with the input's JSON text. */
  startExecution(stateMachineArn: string, input: string): Promise<unknown>;
  /** Invokes a function with the input's JSON text, without waiting for its result. */
  invokeFunction?(functionArn: string, input: string): Promise<unknown>;
  /** Publishes the input to a topic. */
  publish?(topicArn: string, message: string): void;
  /** Throws where a rule's role may not put events on another bus. @default forwarding isn't emulated */
  readonly authorizeForwarding?: AuthorizeRole;
  /** Throws where policies keep a rule's events from a target. @default nothing does */
  authorize?(rule: Rule, target: Target): void;
  /** Takes what no target took. */
  toQueue?(letter: DeadLetter): void;
}

/** What a delivery works with. */
export interface Delivery {
  readonly clock: Clock;
  readonly random: Random;
  readonly targets: BusTargets;
  /** Puts an event on a bus as it is. */
  readonly forward: (event: BusEvent, bus: BusRef) => void;
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

const mayPass = (error: unknown) =>
  error instanceof AwsFault ? PASSING.includes(error.name) : !(error instanceof SyntaxError);

/** Hands an event to a target, again and again while the failure may pass; in the end to the dead letters. */
export async function deliver(event: BusEvent, rule: Rule, target: Target, delivery: Delivery): Promise<void> {
  const { clock, random } = delivery;
  const start = clock.now();
  const mostRetries = target.RetryPolicy?.MaximumRetryAttempts ?? MOST_RETRIES;
  const lastMoment = start + (target.RetryPolicy?.MaximumEventAgeInSeconds ?? MOST_SECONDS) * 1_000;
  for (let attempts = 1; ; attempts += 1) {
    try {
      await handOver(event, rule, target, delivery);
      return;
    } catch (error) {
      const wait = Math.ceil(random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1)));
      const exhausted = exhaustedBy(attempts > mostRetries, clock.now() + wait > lastMoment);
      if (!mayPass(error) || exhausted) {
        const ended = { at: clock.now(), attempts, ...(mayPass(error) && exhausted && { exhausted }) };
        delivery.toDeadLetters(deadLetter({ event, rule, target }, error, ended));
        return;
      }
      await clock.pause(wait);
    }
  }
}

function exhaustedBy(isOften: boolean, isLate: boolean): ExhaustedRetries | undefined {
  if (isOften) return 'MaximumRetryAttempts';
  return isLate ? 'MaximumEventAgeInSeconds' : undefined;
}

async function handOver(event: BusEvent, rule: Rule, target: Target, { targets, forward }: Delivery): Promise<void> {
  const { Arn: arn = '', RoleArn: roleArn = '' } = target;
  targets.authorize?.(rule, target);
  const bus = busOf(arn);
  if (bus && targets.authorizeForwarding) {
    checkForwarding(event, rule, { arn, roleArn }, targets.authorizeForwarding);
    forward(event, bus);
    return;
  }
  const input = targetInput(target, event, rule);
  if (isTopic(arn) && targets.publish) targets.publish(arn, input);
  else if (isFunction(arn) && targets.invokeFunction) await targets.invokeFunction(arn, input);
  else await targets.startExecution(arn, input);
}

/** Whether an ARN is that of a Lambda function. */
export const isFunction = (arn: string): boolean => /^arn:[^:]+:lambda:/.test(arn);

/** Whether an ARN is that of a topic. */
export const isTopic = (arn: string): boolean => /^arn:[^:]+:sns:/.test(arn);
