import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { UsageError } from '../io.ts';
import { isObject, type JsonObject } from './json-object.ts';

/** One record of a file, with the envelope it came in, if any, and where it stands: for messages. */
export interface FiledRecord {
  readonly record: JsonObject;
  /** EventBridge's event around it. */
  readonly envelope?: JsonObject;
  /** `records.json, Records[3]` */
  readonly place: string;
}

/** Reads CloudTrail records and EventBridge events from a JSON file, gzipped or not, or says what is wrong with it. */
export async function readEventFile(path: string): Promise<FiledRecord[]> {
  return readEvents(await textOf(path), path);
}

/** The same from text that was read elsewhere; `place` is what messages call it. */
export function readEvents(text: string, place: string): FiledRecord[] {
  const records = recordsIn(parse(text.replace(/^\uFEFF/, ''), place), place);
  if (records.length > 0) return records;
  throw new UsageError(`'${place}' holds no records`);
}

async function textOf(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    // Trails write their files gzipped; 1f 8b is how gzip begins (RFC 1952, 2.3.1).
    const text = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
    return text.toString('utf8');
  } catch (error) {
    throw new UsageError(`cannot read '${path}': ${messageOf(error).replace(/, \w+(?: '.*')?$/, '')}`);
  }
}

function parse(text: string, path: string): unknown {
  if (text.trim() === '') throw new UsageError(`'${path}' is empty`);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`'${path}' is not JSON: ${printable(messageOf(error))}`);
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** A value as a message shows it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  return `'${printable(typeof value === 'string' ? value : JSON.stringify(value))}'`;
}

/** A message quotes what it was given: no line ends or control characters of it reach a terminal, and not all of its length. */
export function printable(text: string): string {
  const clean = text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
  return clean.length > 160 ? `${clean.slice(0, 160)}…` : clean;
}

function recordsIn(value: unknown, place: string): FiledRecord[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => recordsIn(item, `${place}[${index}]`));
  if (!isObject(value)) {
    throw new UsageError(`${place}: expected a JSON object, found ${shown(value)}`);
  }
  if ('Records' in value) {
    if (Array.isArray(value['Records'])) return recordsIn(value['Records'], `${place}, Records`);
    throw new UsageError(`${place}: Records is no list`);
  }
  if ('detail-type' in value || 'detail' in value) return [inEnvelope(value, place)];
  if ('eventName' in value || 'eventSource' in value) return [{ record: value, place }];
  throw new UsageError(
    `${place}: neither a CloudTrail record (no eventName), nor a file of Records, nor an EventBridge event (no detail)`,
  );
}

function inEnvelope(envelope: JsonObject, place: string): FiledRecord {
  const { detail } = envelope;
  if (!isObject(detail)) throw new UsageError(`${place}: the EventBridge event's detail is no JSON object`);
  return { record: detail, envelope, place: `${place}, detail` };
}
