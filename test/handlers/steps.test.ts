import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Step } from '../../handlers/shared/step.ts';
import { memoryLedger } from '../../lib/aws/memory-ledger.ts';
import { systemClock } from '../../lib/runtime.ts';

// AnswerApproval tells a person what is wrong, as an answer (approval.test.ts); the heartbeat is sent and heard by events of
// AWS's own (hear-heartbeat.test.ts), and CloudFormation has a version of its own (check-uninstall.test.ts).
const OTHERS = ['answer-approval.ts', 'send-heartbeat.ts', 'hear-heartbeat.ts', 'check-uninstall.ts'];
const stems = readdirSync(new URL('../../handlers', import.meta.url)).flatMap((file) =>
  file.endsWith('.ts') && !OTHERS.includes(file) ? [file.slice(0, -'.ts'.length)] : [],
);
const CONTEXT = { awsRequestId: 'request-1' };

describe.each(stems)('handlers/%s.ts', (stem) => {
  async function invoke(event: unknown) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- contract.test.ts holds the modules to it
    const { step } = (await import(`../../handlers/${stem}.ts`)) as { step: Step };
    const lines: string[] = [];
    const env = { EKS_REBIND_REGIONS: 'eu-west-1', AWS_REGION: 'us-east-1' };
    const runtime = { env, clock: systemClock, random: () => 0, write: (line: string) => void lines.push(line) };
    const handler = step.bind(runtime, { ledger: memoryLedger() });
    const error: unknown = await handler(event, CONTEXT).catch((thrown: unknown) => thrown);
    return { error, lines, step };
  }

  test.each([
    ['nothing', {}, 'schemaVersion is missing'],
    ['a version it does not know', { schemaVersion: 2 }, 'schemaVersion is 2'],
  ])(
    'given %s, is InvalidInput that names the step, the path and the value, once in the log',
    async (_, event, told) => {
      const { error, lines, step } = await invoke(event);
      expect(error).toMatchObject({ name: 'InvalidInput', message: expect.stringContaining(`${step.name}: ${told}`) });
      expect(lines).toHaveLength(1);
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'error', step: step.name });
    },
  );
});
