import type { AwsFault } from '../call.ts';

/** How an integration says that its task failed: error and cause as Step Functions shows them, either of which may be absent. */
export class IntegrationFailure extends Error {
  override readonly name = 'IntegrationFailure';
  readonly error: string | undefined;
  override readonly cause: string | undefined;
  constructor(error?: string, cause?: string) {
    super(error ?? 'the task failed');
    this.error = error;
    this.cause = cause;
  }
}

// Service names as error names (`StepFunctions.ExecutionAlreadyExistsException`) and causes (`Service: AWSStepFunctions`) spell them.
const services: Readonly<Record<string, readonly [prefix: string, service: string]>> = {
  lambda: ['Lambda', 'AWSLambda'],
  states: ['StepFunctions', 'AWSStepFunctions'],
  events: ['EventBridge', 'AmazonCloudWatchEvents'],
  sns: ['SNS', 'AmazonSNS'],
  sqs: ['SQS', 'AmazonSQS'],
};

const statusCodes: Readonly<Record<string, number>> = {
  ResourceNotFoundException: 404,
  TooManyRequestsException: 429,
  ServiceException: 500,
  AccessDeniedException: 403,
};

/** An SDK integration's service as errors name it: `eks` is `Eks` (developer guide: AWS SDK service integrations). */
function sdkPrefix(resourceType: string): string {
  const name = resourceType.replace('aws-sdk:', '');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A service's fault as the task's error and cause, in the words of AWS (recorded for startExecution of an unknown machine). */
export function serviceFailure(fault: AwsFault, resourceType: string, requestId: string): IntegrationFailure {
  const [prefix, service] = services[resourceType] ?? [sdkPrefix(resourceType), sdkPrefix(resourceType)];
  // Integrations speak the Java SDK's names: an error that a service's model lacks is its client's own (`Lambda.AWSLambdaException`),
  // as users' executions without permission show it.
  const isModelled = fault.name !== 'AccessDeniedException';
  const modelled = fault.name.endsWith('Exception') ? fault.name : `${fault.name}Exception`;
  const name = isModelled ? modelled : `${service}Exception`;
  const status = statusCodes[fault.name] ?? 400;
  const details = [`Service: ${service}`, `Status Code: ${status}`, `Error Code: ${fault.name}`];
  details.push(`Request ID: ${requestId}`, 'Proxy: null');
  return new IntegrationFailure(`${prefix}.${name}`, `${fault.message} (${details.join('; ')})`);
}
