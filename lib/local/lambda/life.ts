import type { HttpHandler } from '@smithy/core/protocols';
import type { Clock } from '../../runtime.ts';

/** Why an invocation was ended from outside. */
export type Ending = 'killed' | 'timedOut';

/** An invocation's life. Code that outlives it is stopped at the next thing it does to the world. */
export interface Life {
  readonly isOver: boolean;
  /** How it ended, once it did so from outside. */
  readonly ended: Promise<Ending>;
  end(ending: Ending): void;
}

/** A life that goes on until it is ended; the first ending counts. */
export function createLife(): Life {
  let isOver = false;
  const { promise, resolve } = Promise.withResolvers<Ending>();
  return {
    get isOver() {
      return isOver;
    },
    ended: promise,
    end(ending) {
      isOver = true;
      resolve(ending);
    },
  };
}

/** Never settles: where the code of an ended invocation stays, as that of a killed process would. */
const never = <T>(): Promise<T> => new Promise(() => {});

type Work<T> = () => Promise<T>;

/** The clock of one invocation: it lets go of what its code keeps busy as soon as the life ends, so that time goes on without it. */
export function clockOf(life: Life, clock: Clock): Clock {
  /** Runs work inside of the clock's `busy` or `idle`, and comes out of it without a result when the life ends first. */
  async function inside<T>(count: (work: Work<void>) => Promise<void>, work: Work<T>): Promise<T> {
    if (life.isOver) return never();
    let running: Promise<T> | undefined;
    await count(async () => {
      running = work();
      await Promise.race([running, life.ended]);
    });
    return life.isOver || !running ? never() : running;
  }
  return {
    now: () => clock.now(),
    async pause(milliseconds) {
      if (life.isOver) return never();
      await clock.pause(milliseconds);
      return life.isOver ? never() : undefined;
    },
    busy: (work) => inside((counted) => clock.busy(counted), work),
    idle: (work) => inside((counted) => clock.idle(counted), work),
  };
}

/** Told of each AWS call of an invocation, by its number from 1: a chance to end it between two calls. */
export interface CallWatch {
  before(callNumber: number): void;
  after(callNumber: number): void;
}

/** The request handler of one invocation: once the life is over, no call gets through and no answer comes back. */
export function handlerOf(life: Life, handler: HttpHandler, watch: CallWatch): HttpHandler {
  let calls = 0;
  return {
    async handle(request, options) {
      if (life.isOver) return never();
      const callNumber = (calls += 1);
      watch.before(callNumber);
      if (life.isOver) return never();
      const answer = await handler.handle(request, options);
      if (life.isOver) return never();
      watch.after(callNumber);
      return life.isOver ? never() : answer;
    },
    updateHttpClientConfig: (key, value) => handler.updateHttpClientConfig(key, value),
    httpHandlerConfigs: () => handler.httpHandlerConfigs(),
    destroy: () => {},
  };
}
