import type { PolicyStatement as CdkStatement } from 'aws-cdk-lib/aws-iam';
import { STEPS } from '../../../handlers/shared/steps.ts';
import type { DeployedIn } from '../../../lib/infra/action-scopes.ts';
import { statementsFor } from '../../../lib/infra/statements.ts';
import type { PolicyStatement } from '../../../lib/local/deployment.ts';
import { actionContext } from '../../../lib/local/policies/condition-keys.ts';
import { evaluateStatements } from '../../../lib/local/policies/evaluate-statements.ts';

/** The service in two regions of one account, as most would have it. */
export const DEPLOYED_IN: DeployedIn = {
  partition: 'aws',
  accountId: '111122223333',
  region: 'us-east-1',
  regions: ['us-east-1', 'eu-west-1'],
  ledgerTableArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/eks-rebind-ledger',
  topicArn: 'arn:aws:sns:us-east-1:111122223333:eks-rebind-notifications',
  rebindEntryName: 'eks-rebind-rebind-entry',
  mode: 'rebind',
  asksPeople: true,
  orphans: 'report',
  memberAccounts: [],
  principalAccounts: ['111122223333', '444455556666'],
};

const listed = (value: unknown): string[] => [value].flat().map(String);

function plain(statement: CdkStatement): PolicyStatement {
  const json: Record<string, unknown> = statement.toStatementJson();
  const conditions = Object.entries(json['Condition'] ?? {}).map(([operator, keys]: [string, object]) => [
    operator,
    Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, listed(values)])),
  ]);
  return {
    effect: json['Effect'] === 'Deny' ? 'Deny' : 'Allow',
    actions: listed(json['Action']),
    resources: listed(json['Resource']),
    conditions: Object.fromEntries(conditions),
  };
}

/** What a step's role is allowed, as the local AWS has it. */
export function statementsOf(stepName: string, where: Partial<DeployedIn> = {}): PolicyStatement[] {
  const step = STEPS.find(({ name }) => name === stepName);
  if (!step) throw new Error(`there is no step '${stepName}'`);
  return statementsFor(step, { ...DEPLOYED_IN, ...where }).map(plain);
}

/** What somebody wants to do: the input as the service's API has it. */
export interface Wish {
  readonly action: string;
  readonly resource: string;
  readonly input?: Readonly<Record<string, unknown>>;
  /** The partition key's attribute, where the call is about items. */
  readonly hashKey?: string;
}

/** Whether the local AWS, which knows nothing of how these policies came about, would let a step do something. */
export function may(stepName: string, wish: Wish, where: Partial<DeployedIn> = {}): boolean {
  const { action, resource, input = {}, hashKey } = wish;
  const context = new Map(actionContext(action, { input, operation: action.replace(/.*:/, ''), hashKey }));
  return evaluateStatements(statementsOf(stepName, where), { action, resource, context }).effect === 'allow';
}
