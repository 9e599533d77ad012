import type { Clock, Random } from '../../runtime.ts';
import { AwsFault } from '../call.ts';
import { randomBelow } from '../seeded-random.ts';
import type { Json } from './json.ts';
import { longPause } from './long-pause.ts';

/** How a task was answered by its token. */
export type TokenAnswer =
  | { readonly kind: 'success'; readonly output: Json }
  | { readonly kind: 'failure'; readonly error: string | undefined; readonly cause: string | undefined };

interface WaitingTask {
  readonly answer: (answer: TokenAnswer) => void;
  lastHeartbeat: number;
}

/** A task that waits for its token. */
export interface TokenWait {
  readonly token: string;
  readonly answered: Promise<TokenAnswer>;
  /** Resolves when no heartbeat has come for that long. */
  silentFor(seconds: number): Promise<void>;
  /** The task has ended: from now on its token is refused. */
  close(): void;
}

// AWS's tokens are opaque base64 of some hundred bytes that begin alike.
const TOKEN_BYTES = 120;

/** The task tokens that are out, and the tasks that wait for them. */
export class TaskTokens {
  readonly #waiting = new Map<string, WaitingTask>();
  /** With the state machine whose task each is of. */
  readonly #issued = new Map<string, string>();
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** A token that nobody has seen yet. */
  issue(stateMachineArn: string): string {
    const bytes = Array.from({ length: TOKEN_BYTES }, () => randomBelow(this.#random, 256));
    const token = `AQCEAAAAKgAAAAMAAAAA${Buffer.from(bytes).toString('base64')}`;
    this.#issued.set(token, stateMachineArn);
    return token;
  }

  /** The state machine whose task a token was made for. */
  machineOf(token: string): string | undefined {
    return this.#issued.get(token);
  }

  /** Begins to wait for an answer with that token. */
  wait(token: string): TokenWait {
    const { promise: answered, resolve: answer } = Promise.withResolvers<TokenAnswer>();
    const task: WaitingTask = { answer, lastHeartbeat: this.#clock.now() };
    this.#waiting.set(token, task);
    const silentFor = async (seconds: number) => {
      for (let left = seconds * 1000; left > 0 && this.#waiting.has(token);) {
        await longPause(this.#clock, left);
        left = task.lastHeartbeat + seconds * 1000 - this.#clock.now();
      }
    };
    return { token, answered, silentFor, close: () => void this.#waiting.delete(token) };
  }

  /** Answers the task. Its token is of no use afterwards. */
  answer(token: string, answer: TokenAnswer): void {
    this.#find(token).answer(answer);
    this.#waiting.delete(token);
  }

  /** Says that the task is still being worked on. */
  heartbeat(token: string): void {
    this.#find(token).lastHeartbeat = this.#clock.now();
  }

  #find(token: string): WaitingTask {
    const task = this.#waiting.get(token);
    if (task) return task;
    // The text is what aws-samples/amazon-mwaa-examples#61 saw for a token that had been used already.
    if (this.#issued.has(token))
      throw new AwsFault('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    throw new AwsFault('InvalidToken', "Invalid Token: 'Invalid token'");
  }
}
