import type { Call } from '../../lib/local/call.ts';
import type { Json } from '../../lib/local/stepfunctions/json.ts';
import type { LocalStepFunctions } from '../../lib/local/stepfunctions/service.ts';
import type { operations } from '../../lib/local/stepfunctions/service.ts';
import { ACCOUNT_ID, REGION } from './placeholders.ts';

/** The local Step Functions' operations, by name. Dates come as they are. */
export type Operations = {
  readonly [Name in keyof typeof operations]: (
    request: Readonly<Record<string, Json | undefined>>,
  ) => Promise<Record<string, Json>>;
};

const call: Call = {
  service: 'states',
  operation: '',
  requestId: '00000000-0000-4000-8000-000000000000',
  region: REGION,
  caller: {
    accessKeyId: 'test',
    accountId: ACCOUNT_ID,
    partition: 'aws',
    arn: `arn:aws:iam::${ACCOUNT_ID}:root`,
    principalId: ACCOUNT_ID,
  },
  userAgent: 'recordings',
  now: 0,
};

/** Calls the operations as the recording account, in the recording region. */
export function callIn({ service }: LocalStepFunctions): Operations {
  const bound = Object.entries(service.operations).map(([name, operation]) => [
    name,
    async (request: object) => (await operation(request, call)) as Record<string, Json>,
  ]);
  return Object.fromEntries(bound) as Operations;
}
