import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { definitionOf, placeholdersIn, WORKFLOWS } from './definitions.ts';
import { acknowledgeWildcards } from './nag-acknowledgements.ts';
import { prunedDefinition } from './pruned-definition.ts';
import type { WorkflowName } from './service.ts';
import { ROLE_PATH, tracingStatement } from './step-function.ts';

/** What the workflows are made of. */
export interface WorkflowsProps {
  readonly namePrefix: string;
  readonly functions: ReadonlyMap<string, Function>;
  readonly logRetention: RetentionDays;
}

/** A workflow's ARN by its name: functions that start it are deployed before it. */
export function workflowArn(scope: Construct, namePrefix: string, workflow: WorkflowName): string {
  return Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: `${namePrefix}${WORKFLOWS[workflow]}`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** The state machines, their definitions in the template as they stand in `statemachines/`. */
export function workflows(scope: Construct, props: WorkflowsProps): Record<WorkflowName, StateMachine> {
  return {
    roleChanged: stateMachine(scope, 'RoleChanged', 'roleChanged', props),
    rebindEntry: stateMachine(scope, 'RebindEntry', 'rebindEntry', props),
    sweep: stateMachine(scope, 'Sweep', 'sweep', props),
  };
}

function stateMachine(
  scope: Construct,
  id: string,
  workflow: WorkflowName,
  { namePrefix, functions, logRetention }: WorkflowsProps,
): StateMachine {
  const stack = Stack.of(scope);
  const stateMachineName = `${namePrefix}${WORKFLOWS[workflow]}`;
  const pruned = prunedDefinition(definitionOf(workflow), new Set(functions.keys()));
  const definition = JSON.stringify(pruned, undefined, 1);
  const placeholders = placeholdersIn(definition);
  const invoked = [...functions].filter(([stepName]) => placeholders.includes(`${stepName}Arn`));
  const values = new Map([
    ...invoked.map(([stepName, { functionArn }]) => [`${stepName}Arn`, functionArn] as const),
    ['Partition', stack.partition],
    ['SweepArn', workflowArn(scope, namePrefix, 'sweep')],
  ]);

  const statements = [
    new PolicyStatement({
      sid: 'Invoke',
      actions: ['lambda:InvokeFunction'],
      resources: invoked.map(([, { functionArn }]) => functionArn),
    }),
    ...(placeholders.includes('SweepArn') ? childStatements(scope, namePrefix) : []),
    // Step Functions chooses itself what it samples (Step Functions developer guide, "IAM policies for X-Ray").
    tracingStatement(['xray:GetSamplingRules', 'xray:GetSamplingTargets']),
    logDeliveryStatement(),
  ];
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal('states.amazonaws.com'),
    path: ROLE_PATH,
    description: `What the state machine ${stateMachineName} may do`,
    inlinePolicies: {
      [id]: new PolicyDocument({
        statements,
      }),
    },
  });
  acknowledgeWildcards(role, statements);
  return new StateMachine(scope, id, {
    stateMachineName,
    definitionBody: DefinitionBody.fromString(definition),
    definitionSubstitutions: Object.fromEntries(
      placeholders.map((placeholder) => {
        const value = values.get(placeholder);
        if (value !== undefined) return [placeholder, value];
        throw new Error(`nothing is known for \${${placeholder}} of the state machine ${stateMachineName}`);
      }),
    ),
    // Neither the definition nor the rule adds anything to it: what the role allows stands above.
    role: role.withoutPolicyUpdates(),
    tracingEnabled: true,
    logs: {
      destination: new LogGroup(scope, `${id}Logs`, {
        // CloudWatch Logs writes to names of this prefix without a growing resource policy (Step Functions developer guide, "Logging").
        logGroupName: `/aws/vendedlogs/states/${stateMachineName}`,
        retention: logRetention,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      level: LogLevel.ALL,
      // A task token ends a question's wait: whoever reads logs must not find one. The execution's own history has the data.
      includeExecutionData: false,
    },
  });
}

/** What an execution needs to run others and wait for their end (Step Functions developer guide, "Run a job"). */
function childStatements(scope: Construct, namePrefix: string): PolicyStatement[] {
  const stack = Stack.of(scope);
  const executions = stack.formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${namePrefix}${WORKFLOWS.sweep}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const rule = stack.formatArn({
    service: 'events',
    resource: 'rule',
    resourceName: 'StepFunctionsGetEventsForStepFunctionsExecutionRule',
  });
  return [
    new PolicyStatement({
      sid: 'StartChild',
      actions: ['states:StartExecution'],
      resources: [workflowArn(scope, namePrefix, 'sweep')],
    }),
    new PolicyStatement({
      sid: 'FollowChild',
      actions: ['states:DescribeExecution', 'states:StopExecution'],
      resources: [executions],
    }),
    new PolicyStatement({
      sid: 'HearOfChild',
      actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
      resources: [rule],
    }),
  ];
}

/** What Step Functions asks for to deliver logs; none of it can be narrowed (Step Functions developer guide, "Logging"). */
function logDeliveryStatement(): PolicyStatement {
  return new PolicyStatement({
    sid: 'DeliverLogs',
    actions: [
      'logs:CreateLogDelivery',
      'logs:GetLogDelivery',
      'logs:UpdateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:DescribeResourcePolicies',
      'logs:DescribeLogGroups',
    ],
    resources: ['*'],
  });
}
