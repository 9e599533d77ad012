import { Duration, Stack } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Step } from '../../handlers/shared/step.ts';
import { ACCOUNT_VARIABLE } from '../aws/accounts.ts';
import { LEDGER_VARIABLE, REBIND_ENTRY_VARIABLE, TOPIC_VARIABLE, variablesOf } from '../aws/port-registry.ts';
import { environmentOf, type Settings } from '../core/settings.ts';
import type { DeployedIn } from './action-scopes.ts';
import { answerUrl } from './answer-url.ts';
import { checkProps } from './check-props.ts';
import { WORKFLOWS } from './definitions.ts';
import { deployedSteps } from './deployed-steps.ts';
import { DEFAULT_NAME_PREFIX, type EksRebindProps } from './eks-rebind-props.ts';
import { functionCode } from './function-code.ts';
import { ledgerTable } from './ledger-table.ts';
import { memberEvents } from './member-events.ts';
import { acknowledgeDeadLetters } from './nag-acknowledgements.ts';
import { addOperations } from './operations.ts';
import type { Service, WorkflowName } from './service.ts';
import { settingsOfProps } from './settings-of-props.ts';
import { statementsFor } from './statements.ts';
import { stepFunction } from './step-function.ts';
import { sweepSchedule } from './sweep-schedule.ts';
import { checkRegion, trigger } from './trigger.ts';
import { uninstallCheck } from './uninstall-check.ts';
import { workflowArn, workflows } from './workflows.ts';

/** Keeps EKS access entries bound to the living IAM roles and users they name. One in each account, where IAM's events arise. */
export class EksRebind extends Construct implements Service {
  readonly functions: ReadonlyMap<string, Function>;
  readonly stateMachines: Readonly<Record<WorkflowName, StateMachine>>;
  readonly ledger: Table;
  readonly notifications: ITopic;
  readonly deadLetters: Queue;
  readonly namePrefix: string;

  constructor(scope: Construct, id: string, props: EksRebindProps = {}) {
    super(scope, id);
    checkProps(props);
    checkRegion(this);
    const { logRetention = RetentionDays.ONE_YEAR } = props;
    const stack = Stack.of(this);
    const settings = settingsOfProps(props, stack.region);
    this.namePrefix = props.namePrefix ?? DEFAULT_NAME_PREFIX;
    this.ledger = ledgerTable(this, this.namePrefix);
    this.notifications = props.notificationTopic ?? this.ownTopic();
    this.deadLetters = this.deadLetterQueue();

    const code = functionCode();
    const values = new Map([
      [ACCOUNT_VARIABLE, stack.account],
      [LEDGER_VARIABLE, this.ledger.tableName],
      [REBIND_ENTRY_VARIABLE, workflowArn(this, this.namePrefix, 'rebindEntry')],
      [TOPIC_VARIABLE, this.notifications.topicArn],
    ]);
    this.functions = new Map(
      deployedSteps(settings).map((step) => [
        step.name,
        stepFunction(this, {
          stepName: step.name,
          namePrefix: this.namePrefix,
          code,
          environment: { ...environmentOf(settings), ...valuesFor(step, values) },
          statements: statementsFor(step, this.deployedIn(settings)),
          logRetention,
        }),
      ]),
    );
    this.stateMachines = workflows(this, { ...this.named(), logRetention });
    const asking = this.functions.get('AskForApproval');
    const answering = this.functions.get('AnswerApproval');
    const url = asking && answering && answerUrl(this, { asking, answering, approvers: settings.approvers });
    trigger(this, this);
    memberEvents(this, settings.memberAccounts);
    sweepSchedule(this, this, props.sweepSchedule ?? Schedule.rate(Duration.hours(6)));
    addOperations(this, this, {
      approvalTimeout: Duration.seconds(settings.approvalSeconds),
      alarmActions: props.alarmActions,
      answerUrl: url,
    });
    // Last: it has to be asked before anything of this is deleted.
    uninstallCheck(this, this.functions.get('CheckUninstall'));
  }

  private named() {
    return { namePrefix: this.namePrefix, functions: this.functions };
  }

  private deployedIn({ regions, mode, orphans, memberAccounts }: Settings): DeployedIn {
    const { partition, account: accountId, region } = Stack.of(this);
    return {
      partition,
      accountId,
      region,
      regions,
      mode,
      orphans,
      memberAccounts,
      ledgerTableArn: this.ledger.tableArn,
      topicArn: this.notifications.topicArn,
      rebindEntryName: `${this.namePrefix}${WORKFLOWS.rebindEntry}`,
    };
  }

  /** No key of KMS: AWS's own for SNS lets neither CloudWatch's alarms nor EventBridge publish, and one of ours costs. */
  private ownTopic(): Topic {
    return new Topic(this, 'Notifications', {
      topicName: `${this.namePrefix}notifications`,
      displayName: 'eks-rebind',
      enforceSSL: true,
    });
  }

  /** Two weeks, SQS's most, for a person to find out why. */
  private deadLetterQueue(): Queue {
    const queue = new Queue(this, 'DeadLetters', {
      queueName: `${this.namePrefix}dead-letters`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledgeDeadLetters(queue);
    return queue;
  }
}

/** The variables that a step's ports ask for, of those that are known before its function. */
function valuesFor({ uses }: Step, values: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    variablesOf(uses).flatMap((variable) => {
      const value = values.get(variable);
      return value === undefined ? [] : [[variable, value]];
    }),
  );
}
