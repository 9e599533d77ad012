import { CfnOutput } from 'aws-cdk-lib';
import type { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { consoleLinks } from './console-links.ts';
import type { Service } from './service.ts';

/** What a person needs to find after a deployment. */
export interface OutputsOf {
  readonly dashboard: Dashboard;
  /** Where approvers answer. @default nobody is asked */
  readonly answerUrl?: string | undefined;
}

/** Says where to look: links into the console, or where there are none the names, and the URL that questions are answered at. */
export function addOutputs(scope: Construct, service: Service, { dashboard, answerUrl }: OutputsOf): void {
  const { stateMachines, ledger, notifications, deadLetters } = service;
  const links = consoleLinks(scope);
  const output = (id: string, description: string, value: string) => new CfnOutput(scope, id, { description, value });
  for (const [name, { stateMachineArn }] of Object.entries(stateMachines)) {
    const id = `${name[0]?.toUpperCase()}${name.slice(1)}Console`;
    output(id, `The state machine ${name}`, links?.stateMachine(stateMachineArn) ?? stateMachineArn);
  }
  const { dashboardName } = dashboard;
  output('DashboardConsole', 'Is it alive, and is anything broken', links?.dashboard(dashboardName) ?? dashboardName);
  const { topicArn } = notifications;
  output('NotificationsConsole', 'Subscribe here to be told', links?.topic(topicArn) ?? topicArn);
  const { queueName } = deadLetters;
  output('DeadLettersConsole', 'Events that could not be delivered', links?.queue(queueName) ?? queueName);
  output('LedgerConsole', 'What is remembered of each entry', links?.table(ledger.tableName) ?? ledger.tableName);
  if (answerUrl !== undefined) output('AnswerUrl', 'Approvers answer here', answerUrl);
}
