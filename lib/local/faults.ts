import { AwsFault, type Call } from './call.ts';

/**
 * What goes wrong:
 * `throttle`, the service's own throttling error; `unavailable`, a 5xx; `connectionLost`, before the call took effect;
 * `answerLost`, after it took effect; `slow`, the answer comes later; `fault`, an error by name, before the call takes effect.
 */
export type FaultEffect =
  | { readonly kind: 'throttle' | 'unavailable' | 'connectionLost' | 'answerLost' }
  | { readonly kind: 'slow'; readonly milliseconds: number }
  | { readonly kind: 'fault'; readonly name: string; readonly message: string };

interface FaultRule {
  /** Operation by its SDK name (`CreateAccessEntry`). @default every operation */
  readonly operation?: string;
  /** Looks closer at a call and its parsed input. @default every call of the operation */
  readonly when?: (call: Call, input: Readonly<Record<string, unknown>>) => boolean;
  /** How often it happens. @default until lifted */
  readonly times?: number;
  readonly effect: FaultEffect;
}

/** A fault at work. */
interface InjectedFault {
  /** How often it has happened. */
  readonly count: number;
  /** Ends it. */
  lift(): void;
}

/** Faults injected at the wire. */
export interface Faults {
  /** Of several that match a call, the one injected first happens. */
  inject(rule: FaultRule): InjectedFault;
  /** Ends all of them. */
  liftAll(): void;
  /** What happens to this call, counted as having happened. */
  strike(call: Call, input: Readonly<Record<string, unknown>>): FaultEffect | undefined;
}

// What each service calls its throttling (service models; IAM API reference, "Common errors"; Lambda API reference).
const THROTTLING: Readonly<Record<string, readonly [name: string, message: string]>> = {
  account: ['TooManyRequestsException', 'Rate exceeded'],
  dynamodb: ['ThrottlingException', 'Rate of requests exceeds the allowed throughput.'],
  eks: ['ThrottlingException', 'Rate exceeded'],
  events: ['ThrottlingException', 'Rate exceeded'],
  iam: ['Throttling', 'Rate exceeded'],
  lambda: ['TooManyRequestsException', 'Rate Exceeded.'],
  states: ['ThrottlingException', 'Rate exceeded'],
  sts: ['Throttling', 'Rate exceeded'],
};

// What each service calls being out of order (service models; `ServiceUnavailable` is common to query services).
const UNAVAILABLE: Readonly<Record<string, readonly [name: string, message: string]>> = {
  dynamodb: ['InternalServerError', 'Internal server error'],
  eks: ['ServiceUnavailableException', 'Service is unavailable.'],
  events: ['InternalException', 'An internal error occurred.'],
  iam: ['ServiceUnavailable', 'Service is unavailable.'],
  lambda: ['ServiceException', 'An error occurred and the request cannot be processed.'],
  states: ['InternalServerError', 'An internal error occurred.'],
  sts: ['ServiceUnavailable', 'Service is unavailable.'],
};

/** The error that an effect answers a call with, if it is one. */
export function faultOf(effect: FaultEffect, { service }: Call): AwsFault | undefined {
  if (effect.kind === 'fault') return new AwsFault(effect.name, effect.message);
  if (effect.kind === 'throttle')
    return new AwsFault(...(THROTTLING[service] ?? ['ThrottlingException', 'Rate exceeded']));
  if (effect.kind !== 'unavailable') return undefined;
  return new AwsFault(...(UNAVAILABLE[service] ?? ['InternalFailure', 'An internal error occurred.']));
}

/** No faults yet. */
export function createFaults(): Faults {
  const injected: { readonly rule: FaultRule; count: number }[] = [];
  const lift = (one: (typeof injected)[number]) => void injected.splice(injected.indexOf(one) >>> 0, 1);

  return {
    inject(rule) {
      const one = { rule, count: 0 };
      injected.push(one);
      return {
        get count() {
          return one.count;
        },
        lift: () => lift(one),
      };
    },
    liftAll: () => void injected.splice(0),
    strike(call, input) {
      const found = injected.find(({ rule, count }) => {
        const isLeft = rule.times === undefined || count < rule.times;
        const isOperation = rule.operation === undefined || rule.operation === call.operation;
        return isLeft && isOperation && (rule.when?.(call, input) ?? true);
      });
      if (!found) return undefined;
      found.count += 1;
      return found.rule.effect;
    },
  };
}
