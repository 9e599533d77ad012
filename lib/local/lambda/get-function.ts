import type { FunctionConfiguration, GetFunctionResponse } from '@aws-sdk/client-lambda';
import type { Call } from '../call.ts';
import { functionNamed } from './function-named.ts';
import type { DeployedFunction, FunctionState } from './function-state.ts';

/** A function as Lambda answers it. */
export function functionAnswer({ definition, ...deployed }: DeployedFunction) {
  return {
    FunctionName: deployed.name,
    FunctionArn: deployed.arn,
    Runtime: 'nodejs24.x',
    Role: deployed.roleArn,
    Handler: 'index.handler',
    Timeout: definition.timeoutSeconds,
    LastModified: new Date(deployed.lastModified).toISOString().replace('Z', '+0000'),
    Version: '$LATEST',
    Environment: { Variables: { ...definition.environment } },
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: ['arm64'],
  } satisfies FunctionConfiguration;
}

/** Shows a function, without its code: it has none that could be downloaded. */
export function getFunction(input: { FunctionName: string; Qualifier?: string }, state: FunctionState, call: Call) {
  return { Configuration: functionAnswer(functionNamed(state, input, call)) } satisfies GetFunctionResponse;
}
