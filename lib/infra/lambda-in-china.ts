import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { partitionOf } from '../core/partition.ts';

/**
 * Whether the stack is in China, where Lambda has neither function URLs nor traces (Getting Started with Amazon Web Services in
 * China, "Amazon Lambda", feature availability; read in November 2026). Step Functions has its traces there as anywhere.
 */
export const isInChina = (scope: IConstruct): boolean => partitionOf(Stack.of(scope).region) === 'aws-cn';

/** Says why nobody can be asked in China: questions are answered at a function URL. */
export function checkApprovers(scope: IConstruct, approvers: readonly string[]): void {
  if (approvers.length === 0 || !isInChina(scope)) return;
  throw new Error(
    `approvers is [${approvers.map((arn) => `'${arn}'`).join(', ')}], wanted none: questions are answered at a function URL, ` +
      'which Lambda has not got in the regions of China. What would be asked ends as NeedsApproval there',
  );
}
