import { StateFailure } from './failure.ts';
import { isObject, type Json, type JsonObject } from './json.ts';

/** A task's arguments that the local AWS can't take: an expression gave them, so that the definition could not be refused for it. */
export const unsupportedArguments = (integration: string, problem: string): StateFailure =>
  new StateFailure('States.Runtime', `The arguments of ${integration} are not supported: ${problem}`);

/** Reads the arguments of one of our own integrations. */
export function readArguments(given: Json, integration: string, known: readonly string[]): JsonObject {
  if (!isObject(given)) throw unsupportedArguments(integration, `expected an object, got ${JSON.stringify(given)}`);
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) throw unsupportedArguments(integration, `there is no '${unknown}'`);
  return given;
}
