import type { StepHandler } from '../../../handlers/shared/step.ts';
import { STEPS } from '../../../handlers/shared/steps.ts';
import { isPastDelete } from '../../core/ledger.ts';
import type { RebindInput, Rebinds } from '../../core/ports.ts';
import type { EntryRef, Outcome } from '../../core/shapes.ts';
import { returned, thrown } from '../../local/lambda/invocation-result.ts';
import { randomUuid } from '../../local/seeded-random.ts';
import { createStateMachine } from '../../local/stepfunctions/create-state-machine.ts';
import { createWorld } from '../../local/stepfunctions/create-world.ts';
import { startExecution } from '../../local/stepfunctions/start-execution.ts';
import type { FunctionResult } from '../../local/stepfunctions/world.ts';
import { objectOr } from '../replay/json-object.ts';
import type { Session } from '../session/session.ts';
import type { Interruption } from './interruption.ts';
import { localDefinition } from './local-definition.ts';
import type { LocalPorts } from './local-ports.ts';

/** How one rebind on this machine ended. */
export type LocalEnd =
  | { readonly status: 'ended'; readonly outcome: Outcome }
  /** Something is not as it was shown: nothing more is done before a person sees it as it is. */
  | { readonly status: 'changed' }
  /** The person told us to stop, before anything was deleted. */
  | { readonly status: 'stopped' }
  | { readonly status: 'failed'; readonly error: string; readonly message: string };

/** `rebind-entry` in this process, with a person's own credentials. */
export interface LocalWorkflow {
  readonly rebinds: Pick<Rebinds, 'executionArn'>;
  run(name: string, input: RebindInput): Promise<LocalEnd>;
}

/** What it is told of, and by. */
interface Surroundings {
  readonly ports: LocalPorts;
  readonly interruption: Interruption;
  readonly onStep: (entry: EntryRef, step: string) => void;
}

const MACHINE = 'eks-rebind-cli';

// Ends of an execution that are only known here; no Retry lists them.
const NEEDS_ANSWER = 'NeedsAnswer';
const STOPPED = 'Stopped';

/** Makes the workflow's state machine in the project's own interpreter; between it and AWS are the steps and nothing else. */
export function localWorkflow(session: Session, { ports, interruption, onStep }: Surroundings): LocalWorkflow {
  const { runtime, partition, accountId, homeRegion: region, callerArn } = session;
  const { clock, random } = runtime;
  const handlers = new Map<string, StepHandler>(STEPS.map((step) => [step.name, step.bind(runtime, ports)]));
  /** The steps under way, by entry: one at a time. */
  const underWay = new Map<string, Promise<unknown>>();

  const isDeleted = async (entry: EntryRef) => isPastDelete((await ports.ledger.read(entry))?.record.journal);

  async function runStep(name: string, payload: unknown): Promise<FunctionResult> {
    const requestId = randomUuid(random);
    try {
      const result = await handlers.get(name)?.(payload, { awsRequestId: requestId });
      if (name === 'InspectEntry' && objectOr(result)['next'] === 'ask') return endOf(NEEDS_ANSWER);
      return returned(result, requestId);
    } catch (error) {
      return thrown(error, requestId);
    }
  }

  const world = createWorld({
    clock,
    random,
    async invokeFunction(functionArn, payload) {
      const name = functionArn.slice(functionArn.lastIndexOf(':') + 1);
      const entry = entryIn(payload);
      // Whoever tells us to stop has what is deleted made again first, and what has ended told.
      const isToStop = interruption.isInterrupted() && name !== 'AnnounceOutcome' && !(await isDeleted(entry));
      if (isToStop) return endOf(STOPPED);
      onStep(entry, name);
      const step = runStep(name, payload);
      underWay.set(keyOf(entry), step);
      return step;
    },
  });
  const caller = { accessKeyId: '', accountId, partition, arn: callerArn, principalId: '' };
  const call = { service: 'states', operation: 'CreateStateMachine', requestId: '', userAgent: '', now: clock.now() };
  const { stateMachineArn = '' } = createStateMachine(
    {
      name: MACHINE,
      definition: localDefinition({ partition, region, accountId }),
      // Nobody assumes it: the steps run as the person.
      roleArn: `arn:${partition}:iam::${accountId}:role/${MACHINE}`,
    },
    world,
    { ...call, region, caller },
  );

  /** Ends a wait between two steps when told to stop; with its entry deleted it never does. */
  async function stopped(entry: EntryRef): Promise<LocalEnd> {
    await interruption.interrupted;
    await underWay.get(keyOf(entry));
    if (await isDeleted(entry)) await new Promise(() => {});
    return { status: 'stopped' };
  }

  async function ended(name: string, input: RebindInput): Promise<LocalEnd> {
    const { executionArn = '' } = startExecution({ stateMachineArn, name, input: JSON.stringify(input) }, world);
    const execution = world.executions.get(executionArn);
    await execution?.attempt.ended;
    if (execution?.status === 'SUCCEEDED') {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every Succeed of the file gives the outcome that AnnounceOutcome had parsed
      return { status: 'ended', outcome: JSON.parse(execution.outputText ?? '') as Outcome };
    }
    const { error = 'States.Runtime', cause = '' } = execution ?? {};
    if (error === NEEDS_ANSWER) return { status: 'changed' };
    if (error === STOPPED) return { status: 'stopped' };
    return { status: 'failed', error, message: messageIn(cause) };
  }

  return {
    rebinds: { executionArn: (name) => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}` },
    run: (name, input) => Promise.race([ended(name, input), stopped(input.entry)]),
  };
}

const endOf = (name: string): FunctionResult => ({ payload: null, error: { name, cause: '' } });

const keyOf = ({ accountId, region, clusterName, principalArn }: EntryRef) =>
  JSON.stringify([accountId, region, clusterName, principalArn]);

function entryIn(payload: unknown): EntryRef {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the state machine hands every step the journal key that it was started with
  return objectOr(objectOr(payload)['journal'])['entry'] as EntryRef;
}

/** What a step threw, as Lambda would tell it. */
function messageIn(cause: string): string {
  try {
    const { errorMessage } = objectOr(JSON.parse(cause));
    return typeof errorMessage === 'string' ? errorMessage : cause;
  } catch {
    return cause;
  }
}
