import type { GetFunctionUrlConfigResponse } from '@aws-sdk/client-lambda';
import { AwsFault, type Call } from '../call.ts';
import { functionNamed } from './function-named.ts';
import type { FunctionState } from './function-state.ts';
import { functionUrl } from './function-url.ts';

/** Tells a function's URL. */
export function getFunctionUrlConfig(
  input: { FunctionName: string; Qualifier?: string },
  state: FunctionState,
  call: Call,
) {
  const deployed = functionNamed(state, input, call);
  const { url } = deployed.definition;
  if (!url) {
    const text = 'The resource you requested does not exist.';
    throw new AwsFault('ResourceNotFoundException', text, { Type: 'User' });
  }
  const createdAt = new Date(deployed.lastModified).toISOString();
  return {
    FunctionUrl: functionUrl(deployed),
    FunctionArn: deployed.arn,
    AuthType: url.authType,
    CreationTime: createdAt,
    LastModifiedTime: createdAt,
    InvokeMode: 'BUFFERED',
  } satisfies GetFunctionUrlConfigResponse;
}
