import { sfnExecutions } from '../../aws/sfn-executions.ts';
import { UsageError } from '../io.ts';
import type { Session } from '../session/session.ts';
import type { Service } from './find-service.ts';
import { machineArn } from './list-executions.ts';
import { type FoundExecution, foundExecution, MACHINES } from './shown-execution.ts';

/** Finds executions of the service by name or ARN. */
export async function findExecutions(
  session: Session,
  service: Service,
  namesOrArns: readonly string[],
): Promise<FoundExecution[]> {
  const found: FoundExecution[] = [];
  for (const nameOrArn of new Set(namesOrArns)) found.push(await findOne(session, service, nameOrArn));
  return found;
}

async function findOne(session: Session, service: Service, nameOrArn: string): Promise<FoundExecution> {
  const { clients, homeRegion: region, runtime } = session;
  for (const machine of MACHINES) {
    const prefix = `${machineArn(service, machine).replace(':stateMachine:', ':execution:')}:`;
    if (nameOrArn.startsWith('arn:') && !nameOrArn.startsWith(prefix)) continue;
    const executionArn = nameOrArn.startsWith('arn:') ? nameOrArn : `${prefix}${nameOrArn}`;
    const described = await sfnExecutions(clients).find(executionArn);
    if (described) return foundExecution(machine, described, { region, now: runtime.clock.now() });
  }
  throw new UsageError(
    `no execution '${nameOrArn}' of role-changed, rebind-entry or sweep in account ${session.accountId}, ${region}; AWS remembers one for 90 days after its end`,
  );
}
