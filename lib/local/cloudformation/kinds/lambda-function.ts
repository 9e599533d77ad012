import { roleFor } from '../draft.ts';
import type { Properties } from '../properties.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { refuse } from '../template-error.ts';

// Lambda quotas: characters in a function's name, seconds of a run, bytes of its environment.
const LONGEST = 64;
const LONGEST_SECONDS = 900;
const MOST_ENVIRONMENT_BYTES = 4096;

// Lambda API reference, CreateFunction.
const DEFAULT_SECONDS = 3;

/**
 * A function. Its code isn't read from `Code`: whoever deploys says what runs for its handler. Memory and architecture change
 * how fast it is, which nothing here measures.
 */
export const lambdaFunction: ResourceKind = {
  type: 'AWS::Lambda::Function',
  reads: ['FunctionName', 'Handler', 'Role', 'Environment', 'Timeout', 'LoggingConfig', 'TracingConfig', 'PackageType'],
  keeps: ['Code', 'Runtime', 'RuntimeManagementConfig', 'Architectures', 'MemorySize', 'Description', 'Tags'],
  identify({ nameFrom, arn }) {
    const name = nameFrom('FunctionName', LONGEST);
    return { name, ref: name, attributes: { Arn: arn('lambda', `function:${name}`) } };
  },
  load({ identity: { name, attributes }, properties }, draft) {
    properties.oneOf('PackageType', ['Zip']);
    const timeoutSeconds = properties.optionalNumber('Timeout') ?? DEFAULT_SECONDS;
    if (timeoutSeconds < 1 || timeoutSeconds > LONGEST_SECONDS) {
      refuse(`${properties.path}.Timeout`, `expected 1 to ${LONGEST_SECONDS} seconds, it is ${timeoutSeconds}`);
    }
    const logging = properties.members('LoggingConfig', {
      reads: ['LogGroup'],
      keeps: ['LogFormat', 'ApplicationLogLevel', 'SystemLogLevel'],
    });
    const tracing = properties.members('TracingConfig', { reads: ['Mode'] })?.oneOf('Mode', ['Active', 'PassThrough']);
    const logGroup = logging?.optionalText('LogGroup');
    draft.functions.set(name, {
      arn: attributes?.['Arn'] ?? '',
      role: roleFor('lambda.amazonaws.com', properties.text('Role'), `${properties.path}.Role`, draft),
      resourcePolicy: [],
      hasUrl: false,
      definition: {
        invoke: draft.codeOf(properties.text('Handler'), name),
        environment: environmentOf(properties),
        timeoutSeconds,
        ...(logGroup !== undefined && { logGroup }),
        ...(tracing && { tracing }),
      },
    });
  },
};

function environmentOf(properties: Properties): Readonly<Record<string, string>> {
  const environment = properties.members('Environment', { reads: ['Variables'] });
  const values = environment?.textRecord('Variables') ?? {};
  const bytes = Buffer.byteLength(JSON.stringify(values));
  if (bytes > MOST_ENVIRONMENT_BYTES) {
    refuse(
      `${properties.path}.Environment`,
      `${bytes} bytes are more than the ${MOST_ENVIRONMENT_BYTES} that Lambda takes`,
    );
  }
  return values;
}
