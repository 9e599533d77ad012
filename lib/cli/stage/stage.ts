import { answerQuestion, type PersonsAnswer } from '../../aws/answer-client.ts';
import { type Clients, createClients } from '../../aws/clients.ts';
import { type Executions, sfnExecutions } from '../../aws/sfn-executions.ts';
import { bundledFunctions } from '../bundled/bundled-functions.ts';
import { DEFAULT_NAME_PREFIX } from '../../infra/eks-rebind-props.ts';
import type { IssuedKey } from '../../local/credentials.ts';
import { createLocalAws, type LocalAws, type LocalAwsOptions } from '../../local/local-aws.ts';
import type { Clock, Random, Runtime } from '../../runtime.ts';
import { buildWorld } from './build-world.ts';
import { objectOr, objectsIn } from '../replay/json-object.ts';
import { runSweep } from './run-sweep.ts';
import { serviceDeployment } from './service-deployment.ts';
import type { WorldPlan } from './world-plan.ts';

/** A local AWS with a world in it, the service deployed, and people who have keys. */
export interface Stage {
  readonly plan: WorldPlan;
  readonly aws: LocalAws;
  /** AWS clients of somebody with a key of their own. */
  clientsOf(principalArn: string): Clients;
  /** A key for a user, or for a new session of a role; its calls count as the story's, not as the service's. */
  keyOf(principalArn: string, sessionName?: string): string;
  /** Answers a question as somebody, over the function URL; what comes back is what they see. */
  answerAs(principalArn: string, answer: PersonsAnswer): Promise<{ readonly status: number; readonly body: string }>;
  /** A key of the user, id and secret: for a person in another process. */
  readonly administrator: (userName: string) => IssuedKey;
  /** The service's own calls by operation. */
  serviceCalls(): Record<string, number>;
  readonly executions: Executions;
  readonly stateMachineArns: { readonly roleChanged: string; readonly rebindEntry: string };
  /** What the service's schedule would do: one sweep, which records every entry of every region, and who is bound to it. */
  takeInventory(): Promise<{ readonly entries: string; readonly clusters: number }>;
  /** Ends the processes that functions from a bundle run in. */
  close(): Promise<void>;
}

// Nobody watches a day for a role that stays away: its entries count as orphaned after this long.
const GRACE_SECONDS = '60';

/** What a stage is made of. */
export interface StageOptions extends Pick<LocalAwsOptions, 'lag' | 'eks' | 'travel' | 'keepsSchedules'> {
  readonly plan: WorldPlan;
  readonly clock: Clock;
  readonly random: Random;
  /** The service's own settings, beside its regions. @default its own, but for a shorter grace */
  readonly environment?: Readonly<Record<string, string>>;
  /** Without the service there are only the world and its people. @default true */
  readonly withService?: boolean;
  /** Runs the functions from this file, each in a process of its own. @default the steps themselves, in this process */
  readonly bundle?: string;
}

/** Builds the world and deploys the service into it. */
export function openStage(options: StageOptions): Stage {
  const { plan, clock, random, environment, withService = true, bundle, ...behaviour } = options;
  const { partition, accountId, homeRegion } = plan;
  const aws = createLocalAws({ clock, random, ...behaviour });
  buildWorld(plan, { iam: aws.iam, eks: aws.eks.state });
  const bundled = bundle === undefined ? undefined : fromBundle(bundle, aws);
  if (withService) {
    const settings = {
      EKS_REBIND_GRACE_SECONDS: GRACE_SECONDS,
      ...environment,
      EKS_REBIND_REGIONS: plan.regions.join(','),
    };
    const where = { partition, accountId, region: homeRegion };
    aws.deploy(serviceDeployment({ ...where, environment: settings, ports: {}, ...bundled }));
  }

  const storyKeys = new Set<string>();
  function issue(arn: string, sessionName?: string) {
    const key = aws.credentials.issue({ arn, ...(sessionName && { sessionName }) });
    storyKeys.add(key.accessKeyId);
    return key;
  }

  function runtimeOf(principalArn: string): Runtime {
    const { accessKeyId, secretAccessKey, sessionToken } = issue(principalArn);
    const env = {
      AWS_REGION: homeRegion,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    };
    return { env, clock, random, write: () => {}, requestHandler: aws.requestHandler };
  }

  const clientsOf = (principalArn: string) => createClients(runtimeOf(principalArn));

  const machine = (name: string) =>
    `arn:${partition}:states:${homeRegion}:${accountId}:stateMachine:${DEFAULT_NAME_PREFIX}${name}`;

  return {
    plan,
    aws,
    clientsOf,
    answerAs: (principalArn, answer) =>
      answerQuestion(runtimeOf(principalArn), aws.lambda.urlOf(`${DEFAULT_NAME_PREFIX}AnswerApproval`), answer),
    keyOf: (principalArn, sessionName) => issue(principalArn, sessionName).accessKeyId,
    administrator: (userName) => issue(`arn:${partition}:iam::${accountId}:user/${userName}`),
    serviceCalls() {
      const calls = aws.calls.all.filter(({ accessKeyId }) => !storyKeys.has(accessKeyId));
      const counts = new Map<string, number>();
      for (const { operation } of calls) counts.set(operation, (counts.get(operation) ?? 0) + 1);
      return Object.fromEntries([...counts].toSorted(([one], [other]) => (one < other ? -1 : 1)));
    },
    close: async () => bundled?.close(),
    executions: sfnExecutions(clientsOf(`arn:${partition}:iam::${accountId}:root`)),
    stateMachineArns: { roleChanged: machine('role-changed'), rebindEntry: machine('rebind-entry') },
    async takeInventory() {
      const { output, status } = await runSweep(aws, machine('sweep'));
      if (status !== 'SUCCEEDED' || objectsIn(output['notSearched']).length > 0) {
        throw new Error(`the sweep ended as ${status}: ${JSON.stringify(output)}`);
      }
      const counts = Object.entries(objectOr(output['counts'])).map(([verdict, number]) => [verdict, Number(number)]);
      const some = counts.filter(([, number]) => Number(number) > 0).map(([verdict, number]) => `${number} ${verdict}`);
      return { entries: some.join(', ') || 'no entries', clusters: plan.clusters.length };
    },
  };
}

/** Functions that call this AWS over a port of their own. */
function fromBundle(file: string, aws: LocalAws) {
  const listening = aws.listen();
  const { codeOf, close } = bundledFunctions(file, async () => (await listening).url);
  return {
    codeOf,
    async close() {
      await close();
      await (await listening).close();
    },
  };
}
