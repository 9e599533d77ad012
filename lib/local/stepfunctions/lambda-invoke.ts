import { isString } from './json.ts';
import { ownIntegrations } from './own-integrations.ts';
import { readArguments, unsupportedArguments } from './read-arguments.ts';
import { invokeFunction } from './run-function-task.ts';
import { sdkMetadata } from './sdk-metadata.ts';
import type { IntegrationAnswer, IntegrationCall, World } from './world.ts';

const NAME = 'lambda:invoke';

/** Runs a function through `arn:…:states:::lambda:invoke`. */
export async function invokeLambda(call: IntegrationCall, world: World): Promise<IntegrationAnswer> {
  const given = readArguments(call.arguments, NAME, ownIntegrations[NAME]?.arguments ?? []);
  const { FunctionName, Payload = {}, InvocationType = 'RequestResponse', Qualifier = '$LATEST' } = given;
  if (!isString(FunctionName)) throw unsupportedArguments(NAME, "'FunctionName' must be a string");
  if (InvocationType !== 'RequestResponse') {
    throw unsupportedArguments(NAME, "'InvocationType' must be 'RequestResponse'");
  }
  if (Qualifier !== '$LATEST') throw unsupportedArguments(NAME, "'Qualifier' must be '$LATEST'");
  const { partition, region, accountId, roleArn } = call;
  const isArn = FunctionName.startsWith('arn:');
  const functionArn = isArn ? FunctionName : `arn:${partition}:lambda:${region}:${accountId}:function:${FunctionName}`;
  const result = await invokeFunction(world, { functionArn, payload: Payload, roleArn }, 'lambda');
  return {
    output: {
      ExecutedVersion: '$LATEST',
      Payload: result,
      ...sdkMetadata(world.random, JSON.stringify(result), 'application/json'),
      StatusCode: 200,
    },
  };
}
