import withMiddlewares from '@middy/core';
import type * as v from 'valibot';
import { makePorts, type PortName } from '../../lib/aws/port-registry.ts';
import type { Ports } from '../../lib/core/ports.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { aboutInvocation, logOnce } from './log-once.ts';
import { parseInput } from './parse-input.ts';
import { processRuntime } from './process-runtime.ts';

/** A step of a workflow: what it takes, which ports it uses, and the use case it runs. */
export interface StepDefinition<Schema extends v.GenericSchema, Name extends PortName> {
  /** Its PascalCase stem: state, construct and placeholder are named by it. */
  readonly name: string;
  readonly input: Schema;
  readonly uses: readonly Name[];
  readonly run: (input: v.InferOutput<Schema>, ports: Pick<Ports, Name | 'settings'>) => Promise<unknown>;
}

/** What a step is told of its invocation. */
interface StepContext {
  readonly awsRequestId: string;
}

/** Answers one invocation. */
export type StepHandler = (event: unknown, context: StepContext) => Promise<unknown>;

/** A step that can be bound to any world: a Lambda process, the local AWS, a test. */
export interface Step {
  readonly name: string;
  /** The ports it uses; its role allows their actions and no more. */
  readonly uses: readonly PortName[];
  /** Its handler in this runtime. Ports `given` are used as they are, the others are made from the runtime. */
  readonly bind: (runtime: Runtime, given?: Partial<Ports>) => StepHandler;
}

/** Defines a step. The stack around each is the same: log once, read the input, build the ports, run. */
export function defineStep<Schema extends v.GenericSchema, Name extends PortName>(
  definition: StepDefinition<Schema, Name>,
): Step {
  const { name, input, uses, run } = definition;
  return {
    name,
    uses,
    bind(runtime, given) {
      let ports: Pick<Ports, Name | 'settings'> | undefined;
      // Lambda gives a process one invocation at a time.
      let about: Readonly<Record<string, unknown>> = {};
      const answer = async (event: unknown) => {
        const parsed = parseInput(name, input, event);
        // Made inside of the stack, so that wrong settings are logged like any failure; kept for the next invocation.
        ports ??= makePorts(uses, { ...runtime, about: () => about }, given);
        return run(parsed, ports);
      };
      // Lambda itself ends an invocation that takes too long; middy's own early end would sleep on a timer of the machine.
      return withMiddlewares(answer, { timeoutEarlyInMillis: 0 })
        .before(({ event: asked, context }) => void (about = { step: name, ...aboutInvocation(asked, context) }))
        .use(logOnce(name, runtime));
    },
  };
}

/** The step as a Lambda handler: bound to its process on the first call. */
export function lambda(step: Step): StepHandler {
  let handler: StepHandler | undefined;
  return (event, context) => {
    handler ??= step.bind(processRuntime());
    return handler(event, context);
  };
}
