import { createHash } from 'node:crypto';
import type { MessageAttribute } from './queue-state.ts';

const md5 = (content: string | Buffer) => createHash('md5').update(content).digest('hex');

/** What SQS answers with a body; SDKs compare it with their own. */
export const bodyDigest = (body: string): string => md5(body);

function lengthAnd(text: string): Buffer {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** The same of attributes (SQS developer guide, "Calculating the MD5 message digest for message attributes"); 1 is a string's transport type. */
export function attributesDigest(attributes: Readonly<Record<string, MessageAttribute>>): string {
  const inOrder = Object.entries(attributes).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return md5(
    Buffer.concat(
      inOrder.flatMap(([name, { DataType, StringValue }]) => [
        lengthAnd(name),
        lengthAnd(DataType),
        Buffer.from([1]),
        lengthAnd(StringValue),
      ]),
    ),
  );
}
