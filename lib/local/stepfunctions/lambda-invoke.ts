import { StateFailure } from './failure.ts';
import { isObject } from './json.ts';
import { invokeFunction } from './run-function-task.ts';
import { sdkMetadata } from './sdk-metadata.ts';
import type { IntegrationAnswer, IntegrationCall, World } from './world.ts';

/** What `lambda:invoke` takes. Asynchronous and dry-run invocations are not emulated. */
export const lambdaInvokeArguments = ['FunctionName', 'Payload', 'InvocationType', 'Qualifier'] as const;

function refuse(problem: string): never {
  throw new StateFailure('States.Runtime', `The arguments of lambda:invoke are not supported: ${problem}`);
}

/** Runs a function through `arn:…:states:::lambda:invoke`. */
export async function invokeLambda(call: IntegrationCall, world: World): Promise<IntegrationAnswer> {
  const given = call.arguments;
  if (!isObject(given)) refuse(`expected an object, got ${JSON.stringify(given)}`);
  const unknown = Object.keys(given).find((name) => !lambdaInvokeArguments.some((known) => known === name));
  if (unknown) refuse(`there is no '${unknown}'`);
  const { FunctionName, Payload = {}, InvocationType = 'RequestResponse', Qualifier } = given;
  if (typeof FunctionName !== 'string') refuse(`'FunctionName' must be a string`);
  if (InvocationType !== 'RequestResponse') refuse(`'InvocationType' must be 'RequestResponse'`);
  if (Qualifier !== undefined && Qualifier !== '$LATEST') refuse(`'Qualifier' must be '$LATEST'`);
  const result = await invokeFunction(world, FunctionName, Payload, 'lambda');
  const text = JSON.stringify(result);
  return {
    output: {
      ExecutedVersion: '$LATEST',
      Payload: result,
      ...sdkMetadata(world.random, text, 'application/json'),
      StatusCode: 200,
    },
  };
}
