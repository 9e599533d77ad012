import type { Simulation } from '../simulator/simulate.ts';
import { isService } from './our-writes.ts';

/** Does it to the service's AWS call of that number; the answer tells how often it has happened. */
type Interruption = (world: Simulation, point: number) => () => number;

/** Everything that happens to one of the service's AWS calls, at the worst moment. */
export const INTERRUPTIONS = {
  'killed before the call': kill('killBeforeCall'),
  'killed after the call': kill('killAfterCall'),
  'its answer lost': fault('answerLost'),
  'its connection lost': fault('connectionLost'),
  'a server error': fault('unavailable'),
  throttled: fault('throttle'),
} as const satisfies Record<string, Interruption>;

// No function makes more calls than this in one invocation: a kill beyond it would not happen, and the test would say so.
const CALLS_OF_AN_INVOCATION = 80;

function kill(moment: 'killBeforeCall' | 'killAfterCall'): Interruption {
  return ({ aws }, point) => {
    let calls = 0;
    // A kill names the call's number within its invocation; asked of every number, it counts the calls of all invocations.
    const when = () => (calls += 1) === point;
    const numbers = Array.from({ length: CALLS_OF_AN_INVOCATION }, (_, index) => index + 1);
    const kills = numbers.map((number) => aws.lambda[moment](number, { when }));
    return () => kills.filter(({ count }) => count > 0).length;
  };
}

function fault(kind: 'answerLost' | 'connectionLost' | 'unavailable' | 'throttle'): Interruption {
  return ({ aws }, point) => {
    let calls = 0;
    const when = ({ caller }: { caller: { arn: string } }) => isService(caller.arn) && (calls += 1) === point;
    const injected = aws.faults.inject({ when, effect: { kind } });
    return () => injected.count;
  };
}

/** Does something at the very moment when the service's call of that number reaches AWS, before it takes effect. */
export function at({ aws }: Simulation, point: number, act: (operation: string) => void): void {
  let calls = 0;
  aws.faults.inject({
    when({ caller, operation }) {
      if (isService(caller.arn) && (calls += 1) === point) act(operation);
      return false;
    },
    effect: { kind: 'unavailable' },
  });
}

/** The operations that the service called, in order: the points where something can happen. */
export function callsOf({ aws }: Simulation): string[] {
  return aws.calls.all.filter(({ callerArn }) => isService(callerArn)).map(({ operation }) => operation);
}
