import type { Ports } from '../../../../lib/core/ports.ts';

/** Sits at every port call, named like `accessEntries.describe`. What it throws is what the step sees. */
export interface Tap {
  before?: (call: string) => void | Promise<void>;
  after?: (call: string) => void | Promise<void>;
}

/** The process was killed, or the answer was lost: nothing that a step would catch. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** The ports, each call reported before and after its effect. */
export function tapped(ports: Ports, tap: Tap): Ports {
  return new Proxy(ports, {
    get(target, group) {
      const methods: unknown = Reflect.get(target, group);
      // A metric is a line of the log: no call that could be lost.
      return group === 'settings' || group === 'metrics' || typeof methods !== 'object' || methods === null
        ? methods
        : tappedGroup(String(group), methods, tap);
    },
  });
}

function tappedGroup(group: string, methods: object, tap: Tap): object {
  return new Proxy(methods, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function' || name === 'executionArn') return method;
      return async (...input: unknown[]) => {
        const call = `${group}.${String(name)}`;
        await tap.before?.(call);
        const answer: unknown = await Reflect.apply(method, target, input);
        await tap.after?.(call);
        return answer;
      };
    },
  });
}
