import type { ExecutionStatus } from '@aws-sdk/client-sfn';
import { Cancellation } from './cancellation.ts';
import type { Definition } from './definition.ts';
import type { History } from './history.ts';
import type { Journal } from './journal.ts';
import type { Json } from './json.ts';

/** A state machine as one execution knows it: later updates of the machine don't reach it, not even by a redrive. */
export interface MachineRevision {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly definitionText: string;
  readonly definition: Definition;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly revisionId?: string;
  readonly updatedMs: number;
}

/** One execution, from its start on. */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly machine: MachineRevision;
  readonly inputText: string;
  readonly input: Json;
  readonly startMs: number;
  readonly history: History;
  readonly journal: Journal;
  status: ExecutionStatus;
  stopMs?: number;
  outputText?: string;
  error?: string;
  cause?: string;
  redriveCount: number;
  redriveMs?: number;
  /** The `clientToken`s of the redrives, each with its moment. */
  readonly redriveTokens: Map<string, number>;
  /** The attempt under way or the last one: a redrive begins another. */
  attempt: Attempt;
}

/** One run of an execution: from its start or a redrive to the next end. */
export interface Attempt {
  readonly cancellation: Cancellation;
  readonly ended: Promise<void>;
  readonly tellEnded: () => void;
}

/** A new attempt that is under way. */
export function newAttempt(): Attempt {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { cancellation: new Cancellation(), ended: promise, tellEnded: resolve };
}
