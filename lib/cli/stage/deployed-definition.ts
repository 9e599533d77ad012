import { readFileSync } from 'node:fs';

/** A state machine's definition with its placeholders (`${FindEntriesArn}`, `${Partition}`) filled in. */
export function filledIn(stateMachine: string, values: ReadonlyMap<string, string>): string {
  const asl = readFileSync(new URL(`../../../statemachines/${stateMachine}.asl.json`, import.meta.url), 'utf8');
  return asl.replaceAll(/\$\{(\w+)\}/g, (placeholder, name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`${stateMachine}.asl.json: nothing is known for ${placeholder}`);
    return value;
  });
}

// A function ends a little before its task's patience does, so that the history shows the function's own time-out.
const SOONER_SECONDS = 5;

/** How long the function of each Task may run, by its ARN. */
export function taskSeconds(definition: string): [string, number][] {
  const found: [string, number][] = [];
  JSON.parse(definition, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('Resource' in value) || !('TimeoutSeconds' in value))
      return value;
    const { Resource: resource, TimeoutSeconds: seconds } = value;
    if (typeof resource === 'string' && typeof seconds === 'number') found.push([resource, seconds - SOONER_SECONDS]);
    return value;
  });
  return found;
}
