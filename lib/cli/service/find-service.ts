import { functionUrlOf } from '../../aws/lambda-function-urls.ts';
import { hasStateMachine } from '../../aws/sfn-state-machines.ts';
import { DEFAULT_NAME_PREFIX } from '../../infra/eks-rebind-props.ts';
import { UsageError } from '../io.ts';
import type { Session } from '../session/session.ts';

/** The service as it is deployed in an account, by the names that it is deployed with. */
export interface Service {
  readonly stateMachineArns: {
    readonly roleChanged: string;
    readonly rebindEntry: string;
    readonly sweep: string;
  };
  readonly ledgerTable: string;
  /** Where it is: where IAM's events arise. */
  readonly region: string;
  readonly namePrefix: string;
}

/** Looks for the service in the session's account; undefined where it isn't deployed. */
export async function findService(
  session: Session,
  namePrefix: string = DEFAULT_NAME_PREFIX,
): Promise<Service | undefined> {
  const { partition, accountId, homeRegion: region, clients } = session;
  const machine = (name: string) => `arn:${partition}:states:${region}:${accountId}:stateMachine:${namePrefix}${name}`;
  const stateMachineArns = {
    roleChanged: machine('role-changed'),
    rebindEntry: machine('rebind-entry'),
    sweep: machine('sweep'),
  };
  if (!(await hasStateMachine(clients, stateMachineArns.rebindEntry))) return undefined;
  return { stateMachineArns, ledgerTable: `${namePrefix}ledger`, region, namePrefix };
}

/** The same for a command that can do nothing without it. */
export async function requireService(session: Session, namePrefix?: string): Promise<Service> {
  const service = await findService(session, namePrefix);
  if (service) return service;
  throw new UsageError(
    `the service is not deployed in account ${session.accountId}, ${session.homeRegion}, as '${namePrefix ?? DEFAULT_NAME_PREFIX}…': ` +
      'name the account by --profile, or its names by --name-prefix',
  );
}

/** Where people's answers are taken. */
export async function requireAnswerUrl({ clients }: Session, { region, namePrefix }: Service): Promise<string> {
  const url = await functionUrlOf(clients, `${namePrefix}AnswerApproval`, region);
  if (url !== undefined) return url;
  throw new UsageError('the service asks nobody: it was deployed without approvers');
}
