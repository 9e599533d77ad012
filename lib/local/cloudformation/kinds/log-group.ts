import type { ResourceKind } from '../resource-kind.ts';

// CloudWatch Logs API reference, CreateLogGroup.
const LONGEST = 512;

/** A log group. Nothing is written into it; that what logs to it may do so is checked. */
export const logGroup: ResourceKind = {
  type: 'AWS::Logs::LogGroup',
  reads: ['LogGroupName'],
  keeps: ['RetentionInDays', 'KmsKeyId', 'LogGroupClass', 'Tags'],
  identify({ nameFrom, arn }) {
    const name = nameFrom('LogGroupName', LONGEST);
    return { name, ref: name, attributes: { Arn: arn('logs', `log-group:${name}:*`) } };
  },
  load: ({ identity }, { logGroups }) => void logGroups.add(identity.attributes?.['Arn'] ?? ''),
};
