import type { Pattern } from './task-resource.ts';

/** An integration that comes with the local Step Functions: how it may be waited for, and the arguments it takes. */
export interface OwnIntegration {
  readonly patterns: readonly Pattern[];
  readonly arguments: readonly string[];
  readonly required: string;
}

/** The integrations that need nothing but the local Step Functions and Lambda. Asynchronous and dry-run invocations are not emulated. */
export const ownIntegrations: Readonly<Record<string, OwnIntegration>> = {
  'lambda:invoke': {
    patterns: ['request-response', 'waitForTaskToken'],
    arguments: ['FunctionName', 'Payload', 'InvocationType', 'Qualifier'],
    required: 'FunctionName',
  },
  'states:startExecution': {
    patterns: ['request-response', 'sync', 'sync:2', 'waitForTaskToken'],
    arguments: ['StateMachineArn', 'Input', 'Name'],
    required: 'StateMachineArn',
  },
};
