/** A state as far as it says where it leads, and which function it calls. */
interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Arguments?: { readonly FunctionName?: string };
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly Transition[];
  readonly Catch?: readonly Transition[];
  readonly ItemProcessor?: States;
}

interface Transition {
  readonly Next: string;
}

interface States {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** A definition without the Tasks whose function isn't deployed, nor what only leads to them, nor what only they lead to. */
export function prunedDefinition(definition: object, deployed: ReadonlySet<string>): object {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own files, which the validators read before this
  return prunedStates(definition as States, deployed);
}

function prunedStates<T extends States>(scope: T, deployed: ReadonlySet<string>): T {
  let states = Object.entries(scope.States).map(
    ([name, state]) =>
      [
        name,
        state.ItemProcessor ? { ...state, ItemProcessor: prunedStates(state.ItemProcessor, deployed) } : state,
      ] as const,
  );
  let gone = new Set(states.filter(([, state]) => isMissing(state, deployed)).map(([name]) => name));
  // Until nothing more goes: what leads to nothing else goes with it, and then what nothing leads to.
  while (gone.size > 0) {
    if (gone.has(scope.StartAt))
      throw new Error(`nothing is left of the definition that begins with '${scope.StartAt}'`);
    const dropped = gone;
    states = states
      .filter(([name]) => !dropped.has(name))
      .map(([name, state]) => [name, without(name, state, dropped)]);
    gone = new Set(states.filter(([, { Next }]) => Next !== undefined && dropped.has(Next)).map(([name]) => name));
    if (gone.size === 0) gone = unreachable(scope.StartAt, new Map(states));
  }
  return { ...scope, States: Object.fromEntries(states) };
}

// A function is called by its ARN, or by name through Lambda's own integration.
const FUNCTION = /^\$\{(\w+)Arn\}$/;

function isMissing({ Resource, Arguments }: State, deployed: ReadonlySet<string>): boolean {
  const called = Resource?.includes(':states:::lambda:invoke') ? Arguments?.FunctionName : Resource;
  const name = FUNCTION.exec(called ?? '')?.[1];
  return name !== undefined && !deployed.has(name);
}

// States that do nothing themselves may go when what they lead to goes.
const IDLE = ['Pass', 'Wait'];

function without(name: string, state: State, gone: ReadonlySet<string>): State {
  const isLeft = ({ Next }: Transition) => !gone.has(Next);
  if (state.Next !== undefined && gone.has(state.Next) && !IDLE.includes(state.Type)) {
    throw new Error(`state '${name}' goes on to '${state.Next}', which isn't deployed`);
  }
  const choices = state.Choices?.filter(isLeft);
  const catches = state.Catch?.filter(isLeft);
  if (choices?.length === 0) throw new Error(`no choice is left of state '${name}'`);
  if (state.Default !== undefined && (gone.has(state.Default) || choices?.length !== state.Choices?.length)) {
    // Its default would take what was to go to the state that isn't there.
    throw new Error(`state '${name}' has a default, which would take what was to go to a step that isn't deployed`);
  }
  const { Catch, ...rest } = state;
  return { ...rest, ...(choices && { Choices: choices }), ...(Catch && catches?.length && { Catch: catches }) };
}

function unreachable(start: string, states: ReadonlyMap<string, State>): Set<string> {
  const reached = new Set([start]);
  // A set goes on to what is added to it on the way.
  for (const name of reached) {
    const { Next, Default, Choices = [], Catch = [] } = states.get(name) ?? {};
    for (const next of [Next, Default, ...[...Choices, ...Catch].map((each) => each.Next)]) if (next) reached.add(next);
  }
  return new Set([...states.keys()].filter((name) => !reached.has(name)));
}
