import type { Call } from '../../lib/local/call.ts';
import type { JsonObject } from '../../lib/local/stepfunctions/json.ts';
import type { LocalStepFunctions } from '../../lib/local/stepfunctions/service.ts';
import { ACCOUNT_ID, REGION } from './placeholders.ts';

/** The local Step Functions' operations, by name. */
export type Operations = Readonly<Record<string, (request: object) => Promise<JsonObject>>>;

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

/** An answer as it is on the wire: times as text. */
function plain(answer: object): JsonObject {
  const value: JsonObject = JSON.parse(JSON.stringify(answer));
  return value;
}

/** Calls the operations as the recording account, in the recording region. */
export function callIn({ service }: LocalStepFunctions): Operations {
  const bound = Object.entries(service.operations).map(([name, operation]) => {
    return [name, async (request: object) => plain(await operation(request, call))] as const;
  });
  return Object.fromEntries(bound);
}

/** Calls one operation by its name. */
export function callOperation(operations: Operations, name: string, request: object): Promise<JsonObject> {
  const operation = operations[name];
  if (!operation) throw new Error(`no such operation: ${name}`);
  return operation(request);
}
