import { Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { ACCOUNT_VARIABLE } from '../aws/accounts.ts';
import { LEDGER_VARIABLE, REBIND_ENTRY_VARIABLE, TOPIC_VARIABLE, variablesOf } from '../aws/port-registry.ts';
import { environmentOf, type Settings } from '../core/settings.ts';
import type { DeployedIn } from './action-scopes.ts';
import { WORKFLOWS } from './definitions.ts';
import { deployedSteps } from './deployed-steps.ts';
import { functionCode } from './function-code.ts';
import { statementsFor } from './statements.ts';
import { stepFunction } from './step-function.ts';
import { workflowArn } from './workflows.ts';

/** What the functions work with. */
export interface StepFunctionsProps {
  readonly namePrefix: string;
  readonly ledger: Table;
  readonly notifications: ITopic;
  readonly logRetention: RetentionDays;
}

/** The functions of the steps that these settings need, by the steps' names; each has the permissions and variables of its ports alone. */
export function stepFunctions(scope: Construct, settings: Settings, props: StepFunctionsProps): Map<string, Function> {
  const { namePrefix, ledger, notifications, logRetention } = props;
  const code = functionCode();
  const where = deployedIn(scope, settings, props);
  // Known before the functions are; the URL for answers is a function's own.
  const values = new Map([
    [ACCOUNT_VARIABLE, where.accountId],
    [LEDGER_VARIABLE, ledger.tableName],
    [REBIND_ENTRY_VARIABLE, workflowArn(scope, namePrefix, 'rebindEntry')],
    [TOPIC_VARIABLE, notifications.topicArn],
  ]);
  const settingsVariables = checkedSize(environmentOf(settings));
  const valuesOf = (variables: readonly string[]) => [...values].filter(([variable]) => variables.includes(variable));
  return new Map(
    deployedSteps(settings).map((step) => {
      const { name: stepName, uses } = step;
      const environment = { ...settingsVariables, ...Object.fromEntries(valuesOf(variablesOf(uses))) };
      const statements = statementsFor(step, where);
      return [stepName, stepFunction(scope, { stepName, namePrefix, code, environment, statements, logRetention })];
    }),
  );
}

function deployedIn(scope: Construct, settings: Settings, props: StepFunctionsProps): DeployedIn {
  const { regions, mode, approvers, orphans, memberAccounts } = settings;
  const { partition, account: accountId, region } = Stack.of(scope);
  return {
    partition,
    accountId,
    region,
    regions,
    mode,
    asksPeople: approvers.length > 0,
    orphans,
    memberAccounts,
    principalAccounts: [accountId, ...memberAccounts],
    ledgerTableArn: props.ledger.tableArn,
    topicArn: props.notifications.topicArn,
    rebindEntryName: `${props.namePrefix}${WORKFLOWS.rebindEntry}`,
  };
}

// Lambda takes 4 KB of variables, names and values together (Lambda quotas). The ports' own five take some 450 bytes.
const MOST_BYTES = 3_500;

function checkedSize(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const sizes = Object.entries(variables).map(([name, value]) => [name, Buffer.byteLength(name + value)] as const);
  const bytes = sizes.reduce((sum, [, size]) => sum + size, 0);
  if (bytes <= MOST_BYTES) return variables;
  const [longest] = sizes.reduce((one, other) => (other[1] > one[1] ? other : one));
  throw new Error(
    `the settings take ${bytes} bytes as environment variables, most of them ${longest}, wanted at most ${MOST_BYTES}: ` +
      'Lambda takes no more. Shorten the list; roles can be opted out by a tag, too',
  );
}
