import type { Call } from '../call.ts';
import { AwsFault } from '../call.ts';
import type { DeployedFunction, FunctionState } from './function-state.ts';

interface Named {
  readonly FunctionName: string;
  readonly Qualifier?: string | undefined;
}

/** The function a call names: by name, by ARN, or by `account:function:name`, with or without a version. There is one version. */
export function functionNamed(state: FunctionState, { FunctionName, Qualifier }: Named, call: Call): DeployedFunction {
  const { partition, accountId } = call.caller;
  const pattern = /^(?:arn:[^:]+:lambda:([^:]+):)?(?:(\d{12}):)?(?:function:)?([A-Za-z0-9_-]+)(?::([$A-Za-z0-9_-]+))?$/;
  const [, region = call.region, account = accountId, name = FunctionName, version] = pattern.exec(FunctionName) ?? [];
  const arn = `arn:${partition}:lambda:${region}:${account}:function:${name}`;
  const qualifier = version ?? Qualifier;
  const isLatest = qualifier === undefined || qualifier === '$LATEST';
  const deployed = isLatest ? state.find(arn) : undefined;
  if (deployed) return deployed;
  // Text: CloudTrail record of a DeleteFunction, and many a CLI's output.
  const suffix = isLatest ? '' : `:${qualifier}`;
  throw new AwsFault('ResourceNotFoundException', `Function not found: ${arn}${suffix}`, { Type: 'User' });
}
