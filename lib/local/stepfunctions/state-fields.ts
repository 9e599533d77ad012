import type { State } from './definition.ts';

const flow = ['Next', 'End'] as const;
const recovery = ['Retry', 'Catch'] as const;
const result = ['Output', 'Assign'] as const;

/** The fields that each type of state may have, beside `Type`, `Comment` and `QueryLanguage`. */
export const stateFields: { readonly [T in State['Type']]: readonly string[] } = {
  Pass: [...result, ...flow],
  Succeed: ['Output'],
  Fail: ['Error', 'Cause'],
  Wait: ['Seconds', 'Timestamp', ...result, ...flow],
  Choice: ['Choices', 'Default', ...result],
  Task: ['Resource', 'Arguments', 'Credentials', 'TimeoutSeconds', 'HeartbeatSeconds', ...recovery, ...result, ...flow],
  Parallel: ['Branches', 'Arguments', ...recovery, ...result, ...flow],
  Map: [
    'Items',
    'ItemSelector',
    'ItemProcessor',
    'MaxConcurrency',
    'ToleratedFailureCount',
    'ToleratedFailurePercentage',
    ...recovery,
    ...result,
    ...flow,
  ],
};

/** Fields of every state. */
export const commonFields: readonly string[] = ['Type', 'Comment', 'QueryLanguage'];

/** Fields of a state machine as a whole. */
export const machineFields: readonly string[] = [
  'Comment',
  'QueryLanguage',
  'StartAt',
  'States',
  'TimeoutSeconds',
  'Version',
];

/** Fields of a retrier. */
export const retrierFields: readonly string[] = [
  'Comment',
  'ErrorEquals',
  'IntervalSeconds',
  'BackoffRate',
  'MaxAttempts',
  'MaxDelaySeconds',
  'JitterStrategy',
];

/** Fields of a catcher. */
export const catcherFields: readonly string[] = ['Comment', 'ErrorEquals', 'Next', 'Output', 'Assign'];

/** Fields of a Choice rule. */
export const choiceRuleFields: readonly string[] = ['Comment', 'Condition', 'Next', 'Output', 'Assign'];

/** Fields that AWS knows in a Map and that are not emulated. */
export const distributedFields: readonly string[] = ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label', 'Iterator'];

/** Fields that the JSONPath dialect has and JSONata has not. */
export const jsonPathFields: readonly string[] = [
  'InputPath',
  'OutputPath',
  'ResultPath',
  'Parameters',
  'ResultSelector',
  'Result',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'ErrorPath',
  'CausePath',
  'ItemsPath',
  'MaxConcurrencyPath',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
];
