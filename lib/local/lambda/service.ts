import type { HttpHandler } from '@smithy/core/protocols';
import type { Clock, Random } from '../../runtime.ts';
import type { LocalService } from '../call.ts';
import type { Deployment } from '../deployment.ts';

/** Keys for the functions' roles. */
export interface KeyIssuer {
  issue(holder: { readonly arn: string; readonly sessionName?: string; readonly actions?: readonly string[] }): {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** What the local Lambda is made of. */
export interface LambdaOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly credentials: KeyIssuer;
  /** Carries the functions' AWS calls; looked up at each invocation, as it may be made later than this. */
  readonly requestHandler: () => HttpHandler;
  /** Takes the functions' log lines. @default they are dropped */
  readonly write?: (line: string) => void;
}

/** An invocation's end. */
export interface InvocationResult {
  readonly requestId: string;
  /** What the function returned, or Lambda's account of its error. */
  readonly payload: unknown;
  /** Its error, as Step Functions names it: the error's name, and the payload's text as cause. */
  readonly error?: { readonly name: string; readonly cause: string };
}

/** The local Lambda. */
export interface LocalLambda {
  readonly service: LocalService;
  /** Makes a deployment's functions known, and gives each a key of its own. */
  deploy(deployment: Deployment): void;
  /** Runs a function, by name or ARN. */
  invoke(functionNameOrArn: string, payload: unknown): Promise<InvocationResult>;
}

/** A local Lambda without functions. */
export function createLambda(_options: LambdaOptions): LocalLambda {
  return {
    service: { signingName: 'lambda', operations: {} },
    deploy: () => undefined,
    invoke: () => Promise.reject(new Error('not there yet')),
  };
}
