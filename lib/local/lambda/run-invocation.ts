import type { HttpHandler } from '@smithy/core/protocols';
import type { Clock, Random, Runtime } from '../../runtime.ts';
import type { LogGroups } from '../logs/log-groups.ts';
import { randomUuid } from '../seeded-random.ts';
import type { Trace } from '../xray/traces.ts';
import type { Deadlines } from './deadlines.ts';
import type { DeployedFunction } from './function-state.ts';
import { endedFromOutside, type InvocationResult, returned, thrown } from './invocation-result.ts';
import { type ExecutionRole, logGroupOf } from './execution-role.ts';
import type { Kills } from './kills.ts';
import { clockOf, createLife, handlerOf, type Life } from './life.ts';

/** An invocation that is about to run. */
export interface Invocation {
  readonly functionName: string;
  readonly requestId: string;
  readonly event: unknown;
  readonly runtime: Runtime;
}

/** What every invocation needs. */
export interface InvocationWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly requestHandler: () => HttpHandler;
  readonly write: (line: string) => void;
  readonly role: ExecutionRole;
  readonly logGroups: LogGroups;
  readonly traces: Trace[];
  readonly deadlines: Deadlines;
  readonly kills: Kills;
  /** Sees each invocation before it runs, and may replace parts of its world. What it throws fails the call that invoked it. */
  readonly beforeInvoke: (invocation: Invocation) => Partial<Runtime> | undefined;
}

/** Runs a function once, in a world of its own, until it ends or is ended. */
export async function runInvocation(
  deployed: DeployedFunction,
  payload: unknown,
  world: InvocationWorld,
): Promise<InvocationResult> {
  const { clock } = world;
  const { definition, name: functionName } = deployed;
  const requestId = randomUuid(world.random);
  const event: unknown = JSON.parse(JSON.stringify(payload ?? {}));
  const life = createLife();
  const log: string[] = [];
  const runtime = runtimeOf(deployed, event, life, log, world);
  if (world.role.mayTrace(deployed)) world.traces.push({ arn: deployed.arn, at: clock.now() });
  const replaced = world.beforeInvoke({ functionName, requestId, event, runtime });
  const deadline = clock.now() + definition.timeoutSeconds * 1_000;
  const stopWatching = world.deadlines.watch(deadline, () => life.end('timedOut'));
  const context = {
    functionName,
    awsRequestId: requestId,
    invokedFunctionArn: deployed.arn,
    getRemainingTimeInMillis: () => Math.max(0, deadline - clock.now()),
  };
  const run = async () => {
    try {
      return returned(await definition.invoke(event, context, { ...runtime, ...replaced }), requestId);
    } catch (error) {
      return thrown(error, requestId);
    }
  };
  const ending = life.ended.then((how) => endedFromOutside(how, definition.timeoutSeconds, requestId));
  const result = await Promise.race([run(), ending]);
  stopWatching();
  return { ...result, log };
}

function runtimeOf(
  deployed: DeployedFunction,
  event: unknown,
  life: Life,
  log: string[],
  { clock, random, requestHandler, write, kills, role, logGroups }: InvocationWorld,
): Runtime {
  const { name, definition, reservedEnvironment } = deployed;
  const isLogged = role.mayLog(deployed);
  const killAt = (moment: 'before' | 'after') => (callNumber: number) => {
    if (kills.strike(moment, callNumber, name, event)) life.end('killed');
  };
  return {
    env: { ...definition.environment, ...reservedEnvironment },
    clock: clockOf(life, clock),
    random,
    write(line) {
      if (life.isOver) return;
      log.push(line);
      if (!isLogged) return;
      logGroups.write(logGroupOf(deployed), line);
      write(line);
    },
    requestHandler: handlerOf(life, requestHandler(), { before: killAt('before'), after: killAt('after') }),
  };
}
