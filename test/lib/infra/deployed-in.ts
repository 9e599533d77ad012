import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { STEPS } from '../../../handlers/shared/steps.ts';
import type { DeployedIn } from '../../../lib/infra/action-scopes.ts';
import { statementsFor } from '../../../lib/infra/statements.ts';

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
  orphans: 'report',
  memberAccounts: [],
};

/** A statement as it stands in a policy, its lists always lists. */
export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const listed = (value: unknown): string[] => [value].flat().map(String);

const plain = (statement: PolicyStatement): Statement => {
  const json: Record<string, unknown> = statement.toStatementJson();
  return {
    effect: String(json['Effect']),
    actions: listed(json['Action']),
    resources: listed(json['Resource']),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a policy's own shape
    conditions: (json['Condition'] ?? {}) as Statement['conditions'],
  };
};

/** What a step's role is allowed, as plain data. */
export function statementsOf(stepName: string, where: Partial<DeployedIn> = {}): Statement[] {
  const step = STEPS.find(({ name }) => name === stepName);
  if (!step) throw new Error(`there is no step '${stepName}'`);
  return statementsFor(step, { ...DEPLOYED_IN, ...where }).map(plain);
}

/** The statements about one action. */
export const about = (action: string, stepName: string, where: Partial<DeployedIn> = {}): Statement[] =>
  statementsOf(stepName, where).filter(({ actions }) => actions.includes(action));
