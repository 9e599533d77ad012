import { createHash } from 'node:crypto';
import { executionLink } from '../../core/console-links.ts';
import { sfnExecutions } from '../../aws/sfn-executions.ts';
import { startOnce } from '../../aws/sfn-starts.ts';
import type { Session } from '../session/session.ts';
import type { Service } from './find-service.ts';
import { machineArn } from './list-executions.ts';
import type { PlannedRedrive } from './plan-redrive.ts';

/** What became of a plan. */
export interface DoneRedrive extends PlannedRedrive {
  readonly result: 'redriven' | 'started' | 'started before' | 'failed' | 'nothing to do';
  /** AWS's own words, where it failed. */
  readonly error?: string;
  /** The execution that goes on: the same one, or the one that was started instead. */
  readonly goesOnAs?: string;
  readonly console?: string;
}

/** Does as planned, one after the other. One that can't be done holds up no other. */
export async function carryOut(
  session: Session,
  service: Service,
  plans: readonly PlannedRedrive[],
): Promise<DoneRedrive[]> {
  const done: DoneRedrive[] = [];
  for (const plan of plans) {
    try {
      done.push({ ...plan, ...(await carryOutOne(session, service, plan)) });
    } catch (error) {
      const told = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      done.push({ ...plan, result: 'failed', error: told });
    }
  }
  return done;
}

async function carryOutOne(
  { clients, homeRegion }: Session,
  service: Service,
  { action, execution, input }: PlannedRedrive,
): Promise<Pick<DoneRedrive, 'result' | 'goesOnAs' | 'console'>> {
  if (action === 'none') return { result: 'nothing to do' };
  if (action === 'redrive') {
    await sfnExecutions(clients).redrive(execution.executionArn);
    const { executionArn: goesOnAs, console } = execution;
    return { result: 'redriven', goesOnAs, ...(console !== undefined && { console }) };
  }
  const machine = action === 'sweep' ? 'sweep' : execution.machine;
  const { executionArn, isNew } = await startOnce(clients, {
    stateMachineArn: machineArn(service, machine),
    name: nameFor(execution.executionArn),
    input: input ?? '{}',
  });
  const console = executionLink(homeRegion, executionArn);
  return {
    result: isNew ? 'started' : 'started before',
    goesOnAs: executionArn,
    ...(console !== undefined && { console }),
  };
}

/** The same for the same execution, so that nothing is started twice for it. */
const nameFor = (executionArn: string) =>
  `again-for-${createHash('sha256').update(executionArn).digest('hex').slice(0, 24)}`;
