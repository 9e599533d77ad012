import type { RuleTarget } from '../../deployment.ts';
import { type Draft, roleFor } from '../draft.ts';
import type { Properties } from '../properties.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { refuse } from '../template-error.ts';

// EventBridge API reference, PutRule.
const LONGEST = 64;

const TARGET = {
  reads: ['Arn', 'RoleArn', 'DeadLetterConfig', 'RetryPolicy', 'Input', 'InputTransformer'],
  keeps: ['Id'],
};

/** A rule of the default bus. */
export const rule: ResourceKind = {
  type: 'AWS::Events::Rule',
  reads: ['Name', 'EventBusName', 'EventPattern', 'ScheduleExpression', 'State', 'Targets'],
  keeps: ['Description', 'Tags'],
  identify({ nameFrom, arn }) {
    const name = nameFrom('Name', LONGEST);
    return { name, ref: name, attributes: { Arn: arn('events', `rule/${name}`) } };
  },
  load({ identity, properties }, draft) {
    properties.oneOf('EventBusName', ['default']);
    const scheduleExpression = properties.optionalText('ScheduleExpression');
    if (scheduleExpression === undefined && !properties.has('EventPattern')) {
      refuse(properties.path, 'expected an EventPattern or a ScheduleExpression');
    }
    const state = properties.oneOf('State', ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS']);
    draft.rules.set(identity.name, {
      ...(properties.has('EventPattern') && { eventPattern: properties.record('EventPattern') }),
      ...(scheduleExpression !== undefined && { scheduleExpression }),
      ...(state && { state }),
      targets: properties.list('Targets', TARGET).map((target) => targetOf(target, draft)),
    });
  },
};

function targetOf(target: Properties, draft: Draft): RuleTarget {
  const [roleArn, input] = [target.optionalText('RoleArn'), target.optionalText('Input')];
  if (roleArn !== undefined) roleFor('events.amazonaws.com', roleArn, `${target.path}.RoleArn`, draft);
  const deadLetters = target.members('DeadLetterConfig', { reads: ['Arn'] })?.text('Arn');
  const retries = target.members('RetryPolicy', { reads: ['MaximumRetryAttempts', 'MaximumEventAgeInSeconds'] });
  const attempts = retries?.optionalNumber('MaximumRetryAttempts');
  const age = retries?.optionalNumber('MaximumEventAgeInSeconds');
  const transformer = target.members('InputTransformer', { reads: ['InputPathsMap', 'InputTemplate'] });
  return {
    arn: target.text('Arn'),
    ...(roleArn !== undefined && { roleArn }),
    ...(deadLetters !== undefined && { deadLetterQueueArn: deadLetters }),
    ...(attempts !== undefined && { maximumRetryAttempts: attempts }),
    ...(age !== undefined && { maximumEventAgeSeconds: age }),
    ...(input !== undefined && { input }),
    ...(transformer && {
      inputTransformer: { paths: transformer.textRecord('InputPathsMap'), template: transformer.text('InputTemplate') },
    }),
  };
}
