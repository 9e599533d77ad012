import type { StackResponse } from '../../lib/core/ports.ts';
import { DEFAULT_NAME_PREFIX } from '../../lib/infra/eks-rebind-props.ts';
import type { Template } from '../../lib/infra/synthesize.ts';
import type { Invocation } from '../../lib/local/lambda/run-invocation.ts';
import { simulate, type Simulation } from '../simulator/simulate.ts';
import { ACCOUNT } from '../simulator/world-options.ts';
import { EVERYTHING_ON, type Story } from './tour.ts';

const DEAD_LETTERS = `arn:aws:sqs:us-east-1:${ACCOUNT}:${DEFAULT_NAME_PREFIX}dead-letters`;

/** What there is to see of a story once it is over. */
export interface Seen {
  readonly executions: readonly string[];
  readonly entries: readonly string[];
  readonly messages: readonly string[];
  readonly events: readonly string[];
  readonly deadLetters: readonly string[];
  /** What CloudFormation was answered. */
  readonly stackResponses: readonly string[];
  readonly metrics: readonly string[];
  readonly lines: Readonly<Record<string, number>>;
  readonly traces: Readonly<Record<string, number>>;
}

/** A story as it was played: what was seen of it, and the world it left. */
export interface Played {
  readonly seen: Seen;
  readonly world: Simulation;
}

/** How a story is played. */
interface Playing {
  /** The template that is deployed instead. @default as it is synthesized */
  readonly change?: (template: Template) => Template;
  /** Sees each invocation. @default nobody */
  readonly watch?: (invocation: Invocation) => void;
}

/** Plays a story with the service as a template has it. */
export async function play({ options, happens }: Story, { change, watch }: Playing = {}): Promise<Played> {
  const stackResponses: string[] = [];
  // CloudFormation is not emulated.
  const answer = async (_: string, { Status }: StackResponse) => void stackResponses.push(Status);
  const world = await simulate({
    ledger: 'dynamodb',
    ...options,
    ports: { stackResponses: { answer } },
    environment: { ...EVERYTHING_ON, ...options?.environment },
    ...(change && { change }),
    inventory: false,
  });
  if (watch) world.aws.lambda.beforeInvoke(watch);
  if (options?.inventory !== false) await world.takeInventory();
  await happens(world);
  return { seen: { ...seenOf(world), stackResponses }, world };
}

function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names.toSorted()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const machineOf = (executionArn: string) => executionArn.split(':')[6] ?? '';

/** All that anybody could see from outside. */
function seenOf(world: Simulation): Omit<Seen, 'stackResponses'> {
  const { aws, lines } = world;
  const logged = lines.map((line): Record<string, unknown> => JSON.parse(line));
  return {
    executions: (['role-changed', 'rebind-entry', 'sweep'] as const).flatMap((machine) =>
      world
        .ran(machine)
        .map(({ end, output, redriveCount }) =>
          [machine, end, redriveCount, JSON.stringify(output['notSearched'] ?? [])].join(' '),
        ),
    ),
    entries: aws.eks.state.entries().map((entry) => JSON.stringify(entry)),
    messages: aws.sns.messages.map(({ message }) => message),
    events: aws.events.events.map(({ source, 'detail-type': type }) => `${source} ${type}`),
    deadLetters: aws.sqs.messagesIn(DEAD_LETTERS).map(({ body }) => body),
    metrics: logged.filter((line) => '_aws' in line).map((line) => Object.keys(line).join(' ')),
    lines: counted(logged.map(({ step }) => String(step))),
    traces: counted([
      ...aws.lambda.traces.map(({ arn }) => arn),
      ...aws.stepFunctions.traces.map(({ arn }) => machineOf(arn)),
    ]),
  };
}
