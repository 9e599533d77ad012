import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import type { Clock, Random } from '../../runtime.ts';
import { randomUuid } from '../seeded-random.ts';
import { javaRandomDouble } from './java-random.ts';

/** The functions that Step Functions adds to JSONata, or gives another meaning (developer guide: transforming data). */
export const awsFunctions = ['parse', 'partition', 'range', 'hash', 'random', 'uuid'] as const;

/** JSONata functions that Step Functions does not offer. */
export const refusedFunctions = ['eval'] as const;

const hashAlgorithms: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

class FunctionError extends Error {
  override readonly name = 'FunctionError';
}

function requireNumber(name: string, value: unknown): number {
  if (typeof value !== 'number') throw new FunctionError(`$${name} takes numbers, not ${JSON.stringify(value)}`);
  return value;
}

function partition(array: unknown, size: unknown): unknown {
  if (array === undefined) return undefined;
  const items: unknown[] = Array.isArray(array) ? array : [array];
  const length = Math.trunc(requireNumber('partition', size));
  if (length < 1) throw new FunctionError(`$partition takes a size of 1 or more, not ${length}`);
  const parts: unknown[] = [];
  for (let start = 0; start < items.length; start += length) parts.push(items.slice(start, start + length));
  return parts;
}

// Recorded: $range(1, 9, 9) is 1, not [1]. AWS answers a JSONata sequence, and a sequence of one value is that value.
function range(first: unknown, last: unknown, step: unknown): unknown {
  const start = requireNumber('range', first);
  const end = requireNumber('range', last);
  const delta = requireNumber('range', step);
  if (delta === 0) throw new FunctionError('$range takes a step other than 0');
  const values: number[] = [];
  for (let index = 0; ; index++) {
    const value = start + index * delta;
    if (delta > 0 ? value > end : value < end) break;
    if (values.length === 1_000_000) throw new FunctionError('$range gives a million values at most');
    values.push(value);
  }
  return values.length === 1 ? values[0] : values;
}

function hash(content: unknown, algorithm: unknown = 'SHA-256'): unknown {
  if (content === undefined) return undefined;
  const name = hashAlgorithms[String(algorithm)];
  if (!name) throw new FunctionError(`$hash knows ${Object.keys(hashAlgorithms).join(', ')}, not ${String(algorithm)}`);
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return createHash(name).update(text).digest('hex');
}

function parse(text: unknown): unknown {
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw new FunctionError(`$parse takes a string, not ${JSON.stringify(text)}`);
  return JSON.parse(text) as unknown;
}

const fromMillis = jsonata('$fromMillis($milliseconds, $picture, $timezone)');

/** What every expression can call beside JSONata's own: AWS's functions, and those that would read the machine's clock or chance. */
export function createJsonataFunctions(clock: Clock, random: Random): Readonly<Record<string, unknown>> {
  function shuffle(array: unknown): unknown {
    if (array === undefined) return undefined;
    const items: unknown[] = Array.isArray(array) ? [...(array as unknown[])] : [array];
    for (let last = items.length - 1; last > 0; last--) {
      const other = Math.floor(random() * (last + 1));
      [items[last], items[other]] = [items[other], items[last]];
    }
    return items;
  }
  return {
    parse,
    partition,
    range,
    hash,
    uuid: () => randomUuid(random),
    random: (seed?: unknown) => (seed === undefined ? random() : javaRandomDouble(requireNumber('random', seed))),
    shuffle,
    millis: () => clock.now(),
    now: (picture?: unknown, timezone?: unknown) =>
      fromMillis.evaluate(null, { milliseconds: clock.now(), picture, timezone }),
    ...Object.fromEntries(refusedFunctions.map((name) => [name, undefined])),
  };
}
