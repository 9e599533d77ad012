import type { InvocationRequest, ListFunctionsRequest } from '@aws-sdk/client-lambda';
import type { HttpHandler } from '@smithy/core/protocols';
import type { Clock, Random, Runtime } from '../../runtime.ts';
import type { LocalService } from '../call.ts';
import { AwsFault } from '../call.ts';
import type { Deployment } from '../deployment.ts';
import type { FunctionUrls } from '../protocol/function-url-front.ts';
import { createLogGroups, type LogGroups } from '../logs/log-groups.ts';
import type { Permissions } from '../policies/permissions.ts';
import type { Trace } from '../xray/traces.ts';
import { createDeadlines } from './deadlines.ts';
import { executionRoles } from './execution-role.ts';
import { createFunctionState, deployedFunctions, type KeyIssuer } from './function-state.ts';
import { functionUrl, isToFunctionUrl, localFunctionUrl } from './function-url.ts';
import { functionUrlProtocol, invokeFunctionUrl } from './function-url-service.ts';
import { getFunctionUrlConfig } from './get-function-url-config.ts';
import { getFunction } from './get-function.ts';
import type { InvocationResult } from './invocation-result.ts';
import { invoke, type Run } from './invoke.ts';
import { createKills, type Kill, type KillTarget } from './kills.ts';
import { listFunctions } from './list-functions.ts';
import { type Invocation, runInvocation } from './run-invocation.ts';

/** What the local Lambda is made of. */
export interface LambdaOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly credentials: KeyIssuer;
  /** Carries the functions' AWS calls; looked up at each invocation, as it may be made later than this. */
  readonly requestHandler: () => HttpHandler;
  /** Takes the log lines that functions may write. @default they are dropped */
  readonly write?: (line: string) => void;
  readonly permissions: Permissions;
}

/** The local Lambda. */
export interface LocalLambda {
  readonly service: LocalService;
  /** Function URLs: their wire side, and what a call to one does. */
  readonly urls: FunctionUrls;
  /** The URL of a function that has one: AWS's, or with a port the one that curl reaches over the loopback address. */
  urlOf(functionName: string, port?: number): string;
  readonly logGroups: LogGroups;
  /** The invocations of functions whose tracing is active and allowed. */
  readonly traces: readonly Trace[];
  /** Makes a deployment's functions known, and gives each a key of its own. */
  deploy(deployment: Deployment): void;
  /** Runs a function, by name or ARN, and tells its result. An unknown one is refused as Lambda does. */
  invoke(functionNameOrArn: string, payload: unknown): Promise<InvocationResult>;
  /** Kills an invocation before its AWS call of that number, from 1: the call never happens. */
  killBeforeCall(callNumber: number, target?: KillTarget): Kill;
  /** Kills an invocation after its AWS call of that number, from 1: the call took effect, the code never hears of it. */
  killAfterCall(callNumber: number, target?: KillTarget): Kill;
  /** Shows each invocation to a hook before it runs; what the hook returns replaces parts of the function's world. */
  beforeInvoke(hook: (invocation: Invocation) => Partial<Runtime> | void): () => void;
}

/** A local Lambda without functions. */
export function createLambda({
  clock,
  random,
  credentials,
  requestHandler,
  write = () => {},
  permissions,
}: LambdaOptions): LocalLambda {
  const state = createFunctionState();
  const kills = createKills();
  const hooks = new Set<(invocation: Invocation) => Partial<Runtime> | void>();
  const beforeInvoke = (invocation: Invocation) =>
    [...hooks].reduce<Partial<Runtime>>((replaced, hook) => ({ ...replaced, ...hook(invocation) }), {});
  const logGroups = createLogGroups();
  const traces: Trace[] = [];
  const kept = { role: executionRoles(permissions), logGroups, traces };
  const deadlines = createDeadlines(clock);
  const world = { clock, random, requestHandler, write, kills, deadlines, beforeInvoke, ...kept };
  const run: Run = (deployed, payload) => runInvocation(deployed, payload, world);
  return {
    service: {
      signingName: 'lambda',
      operations: {
        GetFunction: (input: { FunctionName: string }, call) => getFunction(input, state, call),
        Invoke: (input: InvocationRequest & { FunctionName: string }, call) => invoke(input, state, clock, run, call),
        GetFunctionUrlConfig: (input: { FunctionName: string }, call) => getFunctionUrlConfig(input, state, call),
        ListFunctions: (input: ListFunctionsRequest, call) => listFunctions(input, state, call),
      },
    },
    logGroups,
    traces,
    urls: {
      isFor: isToFunctionUrl,
      protocol: functionUrlProtocol(state),
      invoke: (input, call) => invokeFunctionUrl(input, { state, clock, run }, call),
    },
    urlOf(functionName, port) {
      const deployed = state.find(functionName);
      if (!deployed?.definition.url) throw new Error(`function '${functionName}' has no URL`);
      return port === undefined ? functionUrl(deployed) : localFunctionUrl(deployed, port);
    },
    deploy(deployment) {
      for (const deployed of deployedFunctions(deployment, credentials, clock.now())) {
        state.put(deployed);
        permissions.putResourcePolicy(deployed.arn, deployed.definition.resourcePolicy ?? []);
      }
    },
    async invoke(functionNameOrArn, payload) {
      const deployed = state.find(functionNameOrArn);
      if (!deployed) throw new AwsFault('ResourceNotFoundException', `Function not found: ${functionNameOrArn}`);
      return run(deployed, payload);
    },
    killBeforeCall: (callNumber, target) => kills.add('before', callNumber, target),
    killAfterCall: (callNumber, target) => kills.add('after', callNumber, target),
    beforeInvoke(hook) {
      hooks.add(hook);
      return () => void hooks.delete(hook);
    },
  };
}
