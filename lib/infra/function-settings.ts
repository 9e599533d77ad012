import { definitionOf, WORKFLOW_NAMES } from './definitions.ts';

/** How long a function may run, and with how much memory. */
export interface FunctionSettings {
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
}

// A function ends a little before its Task's patience does, so that the history shows the function's own time-out, and no
// invocation works on that nobody waits for any more.
const SOONER_SECONDS = 5;

// Functions that no Task times. AskForApproval's Task waits days for a person, its function only reads and writes the ledger
// and publishes once: a minute holds the retries of all of these. The others make one or two calls.
const UNTIMED_SECONDS = 60;

// Steps wait for AWS nearly all of the time, and half of a step's memory is the SDK: 256 MB leave room, and buy the CPU share
// that unpacks the bundle at init. Not measured on Lambda: see docs/verify-on-aws.md.
const MEMORY_MEGABYTES = 256;

// These hold lists: every role of the account with its trust policy (5,000 roles of 5 KB each are 25 MB as text, several
// times that once parsed), and a region's entries. Four times the memory is four times the CPU for the parsing, too.
const LISTS = new Set(['SweepRegion', 'FindEntries', 'FindMissedEntries', 'StartRebinds']);
const LISTS_MEMORY_MEGABYTES = 1024;

/** The settings of a step's function. */
export function settingsOfFunction(stepName: string): FunctionSettings {
  const seconds = taskSeconds().get(stepName);
  return {
    timeoutSeconds: seconds === undefined ? UNTIMED_SECONDS : seconds - SOONER_SECONDS,
    memoryMegabytes: LISTS.has(stepName) ? LISTS_MEMORY_MEGABYTES : MEMORY_MEGABYTES,
  };
}

let known: ReadonlyMap<string, number> | undefined;

/** How long each step's Task waits, by the step's name. */
function taskSeconds(): ReadonlyMap<string, number> {
  known ??= new Map(WORKFLOW_NAMES.flatMap((name) => tasksIn(definitionOf(name))));
  return known;
}

function tasksIn(definition: object): [string, number][] {
  const found: [string, number][] = [];
  JSON.parse(JSON.stringify(definition), (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('Resource' in value) || !('TimeoutSeconds' in value))
      return value;
    const { Resource: resource, TimeoutSeconds: seconds } = value;
    const [, stepName] = /^\$\{(\w+)Arn\}$/.exec(String(resource)) ?? [];
    if (stepName !== undefined && typeof seconds === 'number') found.push([stepName, seconds]);
    return value;
  });
  return found;
}
