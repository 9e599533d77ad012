import type { Step } from '../../../handlers/shared/step.ts';
import { STEPS } from '../../../handlers/shared/steps.ts';
import { LEDGER_TABLE } from '../../aws/ledger-items.ts';
import { ACCOUNT_VARIABLE } from '../../aws/accounts.ts';
import { actionsOf, LEDGER_VARIABLE, REBIND_ENTRY_VARIABLE, TOPIC_VARIABLE } from '../../aws/port-registry.ts';
import type { Ports } from '../../core/ports.ts';
import { environmentOf, settingsFrom } from '../../core/settings.ts';
import { handlerOf } from '../../infra/bundle.ts';
import type { Deployment, FunctionDefinition } from '../../local/deployment.ts';
import { functionUrl } from '../../local/lambda/function-url.ts';
import { filledIn, taskSeconds } from './deployed-definition.ts';

/** The ledger's table. */
export const LEDGER_TABLE_NAME = 'eks-rebind-ledger';

/** The topic that people are asked and told through. */
const TOPIC_NAME = 'eks-rebind-notifications';

/** The step behind a function URL. */
const ANSWERS = 'AnswerApproval';

// Lambda's own most, for functions that no Task waits for. The others end with their task's time-out.
const LONGEST_SECONDS = 900;

/** Where the service is deployed and how it is set. */
export interface ServiceOptions {
  readonly accountId: string;
  readonly partition: string;
  /** The region where IAM's events arise in that partition. */
  readonly region: string;
  /** The service's own settings: `EKS_REBIND_…` variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ports that all steps share instead of making their own: a ledger in memory, where tests want to be fast. */
  readonly ports: Partial<Ports>;
  /** The functions' code by their handler strings. @default the steps themselves, in this process */
  readonly codeOf?: (handler: string, functionName: string) => FunctionDefinition['invoke'];
}

/** The whole service as the local AWS takes it: what would be deployed, from the same handlers and state machines. */
export function serviceDeployment({
  accountId,
  partition,
  region,
  environment,
  ports,
  codeOf,
}: ServiceOptions): Deployment {
  const rebindEntryArn = `arn:${partition}:states:${region}:${accountId}:stateMachine:rebind-entry`;
  const values = new Map(
    STEPS.map(({ name }) => [`${name}Arn`, `arn:${partition}:lambda:${region}:${accountId}:function:${name}`]),
  );
  values.set('Partition', partition);
  values.set('SweepArn', `arn:${partition}:states:${region}:${accountId}:stateMachine:sweep`);
  const definitions = {
    sweep: filledIn('sweep', values),
    'role-changed': filledIn('role-changed', values),
    'rebind-entry': filledIn('rebind-entry', values),
  };
  const deliversAs = `arn:${partition}:iam::${accountId}:role/eks-rebind/role-changed`;
  const seconds = new Map(Object.values(definitions).flatMap(taskSeconds));

  const ownEnvironment = {
    [ACCOUNT_VARIABLE]: accountId,
    [REBIND_ENTRY_VARIABLE]: rebindEntryArn,
    [LEDGER_VARIABLE]: LEDGER_TABLE_NAME,
    [TOPIC_VARIABLE]: `arn:${partition}:sns:${region}:${accountId}:${TOPIC_NAME}`,
    EKS_REBIND_ANSWER_URL: functionUrl({ arn: values.get(`${ANSWERS}Arn`) ?? '', region }),
  };
  const settings = environmentOf(settingsFrom({ EKS_REBIND_REGIONS: region, ...environment }));
  const asFunction = (step: Step): FunctionDefinition => ({
    invoke:
      codeOf?.(handlerOf(step.name), step.name) ??
      ((event, context, runtime) => step.bind(runtime, ports)(event, context)),
    environment: { ...ownEnvironment, ...settings },
    statements: allow(actionsOf(step.uses)),
    timeoutSeconds: seconds.get(values.get(`${step.name}Arn`) ?? '') ?? LONGEST_SECONDS,
    ...(step.name === ANSWERS && { url: { authType: 'AWS_IAM' } }),
  });

  return {
    accountId,
    partition,
    region,
    functions: Object.fromEntries(STEPS.map((step) => [step.name, asFunction(step)])),
    stateMachines: Object.fromEntries(
      Object.entries(definitions).map(([name, definition]) => [
        name,
        { definition, statements: allow(['lambda:InvokeFunction', ...(name === 'sweep' ? CHILD_ACTIONS : [])]) },
      ]),
    ),
    topics: { [TOPIC_NAME]: {} },
    tables: { [LEDGER_TABLE_NAME]: LEDGER_TABLE },
    roles: { [deliversAs]: { statements: allow(['states:StartExecution']), trust: [] } },
    rules: {
      'role-changed': {
        eventPattern: ROLE_CHANGED_PATTERN,
        targets: [
          {
            arn: `arn:${partition}:states:${region}:${accountId}:stateMachine:role-changed`,
            roleArn: deliversAs,
          },
        ],
      },
    },
  };
}

/** Statements that allow actions on anything: these roles are not the deployed ones. */
const allow = (actions: readonly string[]): FunctionDefinition['statements'] => [
  { effect: 'Allow', actions, resources: ['*'] },
];

/** What a state machine needs to run executions and wait for their end (Step Functions developer guide, "Run a job"). */
const CHILD_ACTIONS = [
  'states:StartExecution',
  'states:DescribeExecution',
  'states:StopExecution',
  'events:PutTargets',
  'events:PutRule',
  'events:DescribeRule',
];

/** Calls that succeeded only; China's documents disagree on the detail-type, so both are taken (EventBridge, events from IAM). */
const ROLE_CHANGED_PATTERN = {
  source: ['aws.iam'],
  'detail-type': ['AWS API Call via CloudTrail', 'Amazon API Call via CloudTrail'],
  detail: {
    eventSource: ['iam.amazonaws.com', 'iam.amazonaws.com.cn'],
    eventName: ['CreateRole', 'DeleteRole', 'CreateUser', 'DeleteUser'],
    errorCode: [{ exists: false }],
  },
};
