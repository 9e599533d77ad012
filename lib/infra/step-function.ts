import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { handlerOf } from './bundle.ts';
import { settingsOfFunction } from './function-settings.ts';
import { isInChina } from './lambda-in-china.ts';
import { acknowledgeWildcards } from './nag-acknowledgements.ts';

/** The IAM path of every role of ours: the guard refuses to touch principals under it (rule 1). */
export const ROLE_PATH = '/eks-rebind/';

/** What X-Ray asks of whoever writes traces; the service knows no resources to narrow it to (Service Authorization Reference). */
export const tracingStatement = (more: readonly string[] = []): PolicyStatement =>
  new PolicyStatement({
    sid: 'Trace',
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords', ...more],
    resources: ['*'],
  });

/** What the function of a step is made of. */
export interface StepFunctionProps {
  readonly stepName: string;
  readonly namePrefix: string;
  readonly code: Code;
  readonly environment: Readonly<Record<string, string>>;
  /** What the step's ports need. */
  readonly statements: readonly PolicyStatement[];
  readonly logRetention: RetentionDays;
}

/** One step's Lambda function, with a role and a log group of its own. All of them share the code; the handler tells them apart. */
export function stepFunction(scope: Construct, props: StepFunctionProps): Function {
  const { stepName, namePrefix, code, environment, statements, logRetention } = props;
  const functionName = `${namePrefix}${stepName}`;
  const { timeoutSeconds, memoryMegabytes } = settingsOfFunction(stepName);
  // Gone with the stack, or its name would be taken at the next install. What was done is in the ledger and in CloudTrail, too.
  const logGroup = new LogGroup(scope, `${stepName}Logs`, {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const logging = new PolicyStatement({
    sid: 'Log',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });
  const isTraced = !isInChina(scope);
  const allowed = [...statements, logging, ...(isTraced ? [tracingStatement()] : [])];
  // Inline: the role is never there without its policy, and the policy is of nothing else.
  const role = new Role(scope, `${stepName}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    path: ROLE_PATH,
    description: `What the step ${stepName} of eks-rebind may do`,
    inlinePolicies: {
      [stepName]: new PolicyDocument({ statements: allowed }),
    },
  });
  acknowledgeWildcards(role, allowed);
  return new Function(scope, stepName, {
    functionName,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: handlerOf(stepName),
    code,
    // CDK may add nothing to it: what the role allows stands above.
    role: role.withoutPolicyUpdates(),
    timeout: Duration.seconds(timeoutSeconds),
    memorySize: memoryMegabytes,
    environment: { ...environment },
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    tracing: isTraced ? Tracing.ACTIVE : Tracing.DISABLED,
    description: `eks-rebind: ${stepName}`,
  });
}
