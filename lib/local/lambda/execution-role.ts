import type { Identity, Permissions } from '../policies/permissions.ts';
import type { DeployedFunction } from './function-state.ts';

/** What a function's role lets Lambda do for it. */
export interface ExecutionRole {
  /** Whether its lines reach its log group; where not, Lambda drops them. */
  mayLog(deployed: DeployedFunction): boolean;
  /** Whether X-Ray keeps its traces. */
  mayTrace(deployed: DeployedFunction): boolean;
}

// Lambda developer guide, "Sending Lambda function logs to CloudWatch Logs"; a group that is there needs no CreateLogGroup.
const LOG_ACTIONS = ['logs:CreateLogStream', 'logs:PutLogEvents'];
// Lambda developer guide, "Visualize Lambda function invocations using AWS X-Ray".
const TRACE_ACTIONS = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'];

/** The name of a function's log group. */
export const logGroupOf = ({ name, definition }: DeployedFunction): string =>
  definition.logGroup ?? `/aws/lambda/${name}`;

/** Holds Lambda to the functions' own roles. */
export function executionRoles(permissions: Permissions): ExecutionRole {
  const mayAll = (deployed: DeployedFunction, actions: readonly string[], resource: string) => {
    const { name, roleArn, definition } = deployed;
    const who: Identity = { ...permissions.roleIdentity(roleArn, name), name, statements: definition.statements };
    // All are asked for, so that each shows among the used ones.
    return actions.map((action) => permissions.decide(who, { action, resource })).every((one) => one === 'allow');
  };
  return {
    mayLog(deployed) {
      const { partition, region, accountId } = deployed;
      // A stream's name begins with the date; no policy could name it.
      const stream = `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupOf(deployed)}:log-stream:[$LATEST]`;
      return mayAll(deployed, LOG_ACTIONS, stream);
    },
    mayTrace: (deployed) => deployed.definition.tracing === 'Active' && mayAll(deployed, TRACE_ACTIONS, '*'),
  };
}
