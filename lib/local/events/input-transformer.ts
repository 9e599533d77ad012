import type { InputTransformer } from '@aws-sdk/client-eventbridge';
import { AwsFault } from '../call.ts';
import type { Rule } from './bus-state.ts';
import type { BusEvent } from './event.ts';

// EventBridge user guide, "Amazon EventBridge input transformation": dots, dashes, underscores, letters, digits, indices. Wildcards
// and slashes are not emulated.
const PATH = /^\$(\.[\w-]+(\[\d+\])*)*$/;

const PLACEHOLDER = /<([A-Za-z0-9._-]+)>/g;

/** Refuses a transformer that EventBridge doesn't take, or that isn't emulated. */
export function checkInputTransformer(id: string, { InputPathsMap = {}, InputTemplate = '' }: InputTransformer): void {
  for (const [name, path] of Object.entries(InputPathsMap)) {
    if (!PATH.test(path))
      throw new AwsFault('NotEmulated', `the local AWS does not emulate the path ${path} of <${name}>`);
  }
  const known = new Set([...Object.keys(InputPathsMap), ...Object.keys(RESERVED)]);
  for (const [, name = ''] of InputTemplate.matchAll(PLACEHOLDER)) {
    if (known.has(name)) continue;
    if (name.startsWith('aws.')) throw new AwsFault('NotEmulated', `the local AWS does not emulate <${name}>`);
    // The text: as users of CloudFormation met it.
    throw new AwsFault(
      'ValidationException',
      `Invalid InputTemplate for target ${id} : [Placeholder <${name}> not found].`,
    );
  }
}

const RESERVED: Readonly<Record<string, (rule: Rule) => string>> = {
  'aws.events.rule-arn': ({ arn }) => arn,
  'aws.events.rule-name': ({ name }) => name,
};

function valueAt(event: BusEvent, path: string): unknown {
  const steps = path.slice(1).matchAll(/\.([\w-]+)|\[(\d+)\]/g);
  return [...steps].reduce<unknown>((value, [, name, index]) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Reflect.get(value, name ?? Number(index));
  }, event);
}

const isInsideQuotes = (before: string) => before.replaceAll(/\\./g, '').split('"').length % 2 === 0;

/**
 * The text that a target gets: the template with its placeholders filled in. A string keeps its quotes where it stands alone and loses
 * them inside of a quoted text; what isn't a string is written as JSON. A value that the event lacks is empty (neither is documented).
 */
export function transformed(
  { InputPathsMap = {}, InputTemplate = '' }: InputTransformer,
  event: BusEvent,
  rule: Rule,
): string {
  return InputTemplate.replaceAll(PLACEHOLDER, (_, name: string, offset: number) => {
    const path = InputPathsMap[name];
    const value = path === undefined ? RESERVED[name]?.(rule) : valueAt(event, path);
    const written = JSON.stringify(value ?? '');
    if (!isInsideQuotes(InputTemplate.slice(0, offset))) return written;
    return typeof (value ?? '') === 'string' ? written.slice(1, -1) : JSON.stringify(written).slice(1, -1);
  });
}
