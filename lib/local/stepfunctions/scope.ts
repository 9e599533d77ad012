import type { Cancellation } from './cancellation.ts';
import type { State, StateGraph } from './definition.ts';
import { inState, type EvaluationSite } from './evaluate.ts';
import type { Execution } from './execution.ts';
import type { Thread } from './history.ts';
import type { Journal } from './journal.ts';
import type { Json } from './json.ts';
import type { World } from './world.ts';

/** The item that a Map iteration is about: `$states.context.Map.Item`. */
export interface MapItem {
  readonly index: number;
  readonly value: Json;
}

/** States that run one after another, sharing variables: the execution itself, a branch of a Parallel, an iteration of a Map. */
export interface Scope {
  readonly world: World;
  readonly execution: Execution;
  readonly graph: StateGraph;
  readonly journal: Journal;
  readonly thread: Thread;
  readonly cancellation: Cancellation;
  /** Variables of the scopes around it: seen, never assigned. */
  readonly outerVariables: Readonly<Record<string, Json>>;
  readonly mapItem?: MapItem;
  /** Runs a scope inside of this one, or this one itself, to its end. */
  readonly run: (scope: Scope) => Promise<Json>;
  /** The state it is in. */
  visit?: Visit;
}

/** One stay in a state, retries included. */
export interface Visit {
  readonly scope: Scope;
  readonly name: string;
  readonly type: State['Type'];
  readonly input: Json;
  readonly enteredEventId: number;
  readonly enteredTime: number;
  /** What the `…StateEntered` event pointed at. */
  readonly beforeEntered: number;
  retryCount: number;
  taskToken?: string;
  /** Whether history has told of its end. */
  closed: boolean;
}

/** Where a scope goes from a state: to another state, or, without `next`, to its end. */
export interface Transition {
  readonly next: string | undefined;
  readonly output: Json;
}

/** The variables that a scope's states see. */
export const visibleVariables = (scope: Scope): Record<string, Json> => ({
  ...scope.outerVariables,
  ...scope.journal.variables,
});

const isoTime = (milliseconds: number) => new Date(milliseconds).toISOString();

/** The context object, `$states.context` (developer guide: accessing execution data from the context object). */
function contextObject(visit: Visit, mapItem: MapItem | undefined): Json {
  const { execution } = visit.scope;
  const { machine } = execution;
  return {
    Execution: {
      Id: execution.arn,
      Input: execution.input,
      Name: execution.name,
      RoleArn: machine.roleArn,
      StartTime: isoTime(execution.startMs),
      RedriveCount: execution.redriveCount,
      ...(execution.redriveMs === undefined ? {} : { RedriveTime: isoTime(execution.redriveMs) }),
    },
    StateMachine: { Id: machine.arn, Name: machine.name },
    State: { Name: visit.name, EnteredTime: isoTime(visit.enteredTime), RetryCount: visit.retryCount },
    ...(visit.taskToken === undefined ? {} : { Task: { Token: visit.taskToken } }),
    ...(mapItem === undefined ? {} : { Map: { Item: { Index: mapItem.index, Value: mapItem.value } } }),
  };
}

/** What an expression of this state sees, beside its input and the context. */
export interface Sight {
  readonly result?: Json;
  readonly errorOutput?: Json;
  readonly mapItem?: MapItem;
}

/** The place where a state's expressions are worked out. */
export function siteOf(visit: Visit, sight: Sight = {}): EvaluationSite {
  const { scope } = visit;
  const states = {
    input: visit.input,
    context: contextObject(visit, sight.mapItem ?? scope.mapItem),
    ...('result' in sight ? { result: sight.result } : {}),
    ...('errorOutput' in sight ? { errorOutput: sight.errorOutput } : {}),
  };
  return {
    bindings: { ...scope.world.functions, ...visibleVariables(scope), states },
    describe: (problem) => inState(visit.name, visit.enteredEventId, problem),
  };
}
