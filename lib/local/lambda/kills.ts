/** Which invocations are to be killed. */
export interface KillTarget {
  /** @default every function */
  readonly functionName?: string;
  /** Looks at the function's event. @default every event */
  readonly when?: (event: unknown) => boolean;
  /** How many invocations. @default 1 */
  readonly times?: number;
}

/** A kill that was asked for. */
export interface Kill {
  /** How often it has happened. */
  readonly count: number;
  /** Ends it. */
  lift(): void;
}

/** Kills of invocations between two of their AWS calls. */
export interface Kills {
  add(moment: 'before' | 'after', callNumber: number, target?: KillTarget): Kill;
  /** Whether an invocation is to be killed at this moment; if so, it is counted. */
  strike(moment: 'before' | 'after', callNumber: number, functionName: string, event: unknown): boolean;
}

/** No kills yet. */
export function createKills(): Kills {
  interface Planned {
    readonly moment: 'before' | 'after';
    readonly callNumber: number;
    readonly target: KillTarget;
    count: number;
  }
  const planned = new Set<Planned>();
  return {
    add(moment, callNumber, target = {}) {
      const kill: Planned = { moment, callNumber, target, count: 0 };
      planned.add(kill);
      return {
        get count() {
          return kill.count;
        },
        lift: () => void planned.delete(kill),
      };
    },
    strike(moment, callNumber, functionName, event) {
      const due = [...planned].find(
        ({ target, ...kill }) =>
          kill.moment === moment &&
          kill.callNumber === callNumber &&
          kill.count < (target.times ?? 1) &&
          (target.functionName ?? functionName) === functionName &&
          (target.when?.(event) ?? true),
      );
      if (due) due.count += 1;
      return due !== undefined;
    },
  };
}
