import type { LocalAws } from '../../local/local-aws.ts';
import { objectOr } from '../replay/json-object.ts';

/** How a sweep ended. */
export interface RanSweep {
  readonly status: string;
  readonly output: Readonly<Record<string, unknown>>;
}

/** Runs the sweep once, as the service's schedule would, and waits for its end. */
export async function runSweep(aws: LocalAws, stateMachineArn: string): Promise<RanSweep> {
  const executionArn = aws.stepFunctions.startExecution(stateMachineArn, '{"schemaVersion":1}');
  const execution = aws.stepFunctions.world.executions.get(executionArn);
  await execution?.attempt.ended;
  return { status: String(execution?.status), output: objectOr(JSON.parse(execution?.outputText ?? '{}')) };
}
