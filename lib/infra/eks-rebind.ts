import { Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { answerUrl } from './answer-url.ts';
import { checkProps } from './check-props.ts';
import { deadLetterQueue } from './dead-letter-queue.ts';
import { DEFAULT_NAME_PREFIX, type EksRebindProps } from './eks-rebind-props.ts';
import { checkApprovers } from './lambda-in-china.ts';
import { ledgerTable } from './ledger-table.ts';
import { memberEvents } from './member-events.ts';
import { notificationTopic } from './notification-topic.ts';
import { addOperations } from './operations.ts';
import type { Service, WorkflowName } from './service.ts';
import { settingsOfProps } from './settings-of-props.ts';
import { stepFunctions } from './step-functions.ts';
import { sweepSchedule } from './sweep-schedule.ts';
import { checkRegion, trigger } from './trigger.ts';
import { uninstallCheck } from './uninstall-check.ts';
import { workflows } from './workflows.ts';

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
    const settings = settingsOfProps(props, Stack.of(this).region);
    checkApprovers(this, settings.approvers);
    const { namePrefix = DEFAULT_NAME_PREFIX, logRetention = RetentionDays.ONE_YEAR } = props;

    this.namePrefix = namePrefix;
    this.ledger = ledgerTable(this, namePrefix);
    this.notifications = props.notificationTopic ?? notificationTopic(this, namePrefix);
    this.deadLetters = deadLetterQueue(this, namePrefix);
    const { ledger, notifications } = this;
    this.functions = stepFunctions(this, settings, { namePrefix, ledger, notifications, logRetention });
    this.stateMachines = workflows(this, { namePrefix, functions: this.functions, logRetention });

    trigger(this, this);
    sweepSchedule(this, this, props.sweepSchedule ?? Schedule.rate(Duration.hours(6)));
    memberEvents(this, settings.memberAccounts);
    addOperations(this, this, {
      approvalTimeout: Duration.seconds(settings.approvalSeconds),
      alarmActions: props.alarmActions,
      answerUrl: answerUrl(this, this.functions, settings.approvers),
    });
    // Last: it has to be asked before anything of this is deleted.
    uninstallCheck(this, this.functions.get('CheckUninstall'));
  }
}
