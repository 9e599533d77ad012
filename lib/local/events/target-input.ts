import type { Target } from '@aws-sdk/client-eventbridge';
import { AwsFault } from '../call.ts';
import type { Rule } from './bus-state.ts';
import type { BusEvent } from './event.ts';
import { checkInputTransformer, transformed } from './input-transformer.ts';

/** What a target gets: the whole event, the constant that was put with it, or what its transformer makes of the event. */
export function targetInput({ Input, InputTransformer }: Target, event: BusEvent, rule: Rule): string {
  if (InputTransformer) return transformed(InputTransformer, event, rule);
  return Input ?? JSON.stringify(event);
}

/** Refuses inputs that EventBridge doesn't take, and those that are not emulated. Texts: cdk-preflight, measured 2026-09. */
export function checkInputs({ Id = '', Input, InputPath, InputTransformer }: Target): void {
  const given = [Input, InputPath, InputTransformer].filter((one) => one !== undefined);
  if (given.length > 1) {
    const text = `Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`;
    throw new AwsFault('ValidationException', text);
  }
  if (InputPath !== undefined) throw new AwsFault('NotEmulated', 'the local AWS does not emulate InputPath of targets');
  if (InputTransformer) checkInputTransformer(Id, InputTransformer);
  if (Input === undefined) return;
  try {
    JSON.parse(Input);
  } catch {
    throw new AwsFault('ValidationException', `JSON syntax error in input for target ${Id}`);
  }
}
