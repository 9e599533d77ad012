import type { StateMachineLogging } from '../../deployment.ts';
import { type Draft, roleFor } from '../draft.ts';
import type { Properties } from '../properties.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { refuse } from '../template-error.ts';

// Step Functions API reference, CreateStateMachine.
const LONGEST = 80;

/** A standard state machine, its definition written out in the template. */
export const stateMachine: ResourceKind = {
  type: 'AWS::StepFunctions::StateMachine',
  reads: [
    'StateMachineName',
    'StateMachineType',
    'RoleArn',
    'DefinitionString',
    'DefinitionSubstitutions',
    'LoggingConfiguration',
    'TracingConfiguration',
  ],
  keeps: ['Tags'],
  identify({ nameFrom, arn }) {
    const name = nameFrom('StateMachineName', LONGEST);
    const machineArn = arn('states', `stateMachine:${name}`);
    return { name, ref: machineArn, attributes: { Arn: machineArn, Name: name } };
  },
  load({ identity, properties }, draft) {
    properties.oneOf('StateMachineType', ['STANDARD']);
    const logging = loggingOf(properties, draft);
    const tracing = properties.members('TracingConfiguration', { reads: ['Enabled'] });
    draft.stateMachines.set(identity.name, {
      role: roleFor('states.amazonaws.com', properties.text('RoleArn'), `${properties.path}.RoleArn`, draft),
      definition: {
        definition: definitionOf(properties),
        ...(logging && { logging }),
        ...(tracing && { tracing: tracing.flag('Enabled') }),
      },
    });
  },
};

/** The definition with its `${…}` filled in; AWS would take one that nothing fills for part of a text, an ARN say. */
function definitionOf(properties: Properties): string {
  const values = properties.textRecord('DefinitionSubstitutions');
  return properties.text('DefinitionString').replaceAll(/\$\{([^}]*)\}/g, (placeholder, name: string) => {
    if (Object.hasOwn(values, name)) return values[name] ?? '';
    return refuse(`${properties.path}.DefinitionString`, `nothing in DefinitionSubstitutions fills ${placeholder}`);
  });
}

function loggingOf(properties: Properties, { logGroups }: Draft): StateMachineLogging | undefined {
  const logging = properties.members('LoggingConfiguration', {
    reads: ['Level', 'IncludeExecutionData', 'Destinations'],
  });
  if (!logging) return undefined;
  const destinations = logging.list('Destinations', { reads: ['CloudWatchLogsLogGroup'] }).map((destination) => {
    const group = destination.members('CloudWatchLogsLogGroup', { reads: ['LogGroupArn'] });
    const arn = group?.text('LogGroupArn') ?? refuse(destination.path, 'expected a CloudWatchLogsLogGroup');
    return logGroups.has(arn) ? arn : refuse(destination.path, `no log group of the template has the ARN ${arn}`);
  });
  return {
    level: logging.oneOf('Level', ['ALL', 'ERROR', 'FATAL', 'OFF']) ?? 'OFF',
    includeExecutionData: logging.flag('IncludeExecutionData'),
    destinations,
  };
}
