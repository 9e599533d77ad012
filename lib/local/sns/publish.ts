import type { PublishInput, PublishResponse } from '@aws-sdk/client-sns';
import type { Random } from '../../runtime.ts';
import { AwsFault, type Call } from '../call.ts';
import { randomUuid } from '../seeded-random.ts';
import type { Topics } from './topics.ts';

/** A message as its subscribers would get it. */
export interface PublishedMessage {
  readonly topicArn: string;
  readonly subject?: string;
  readonly message: string;
  /** When it was published, in milliseconds since 1970. */
  readonly at: number;
}

/** What SNS takes at most (SNS API reference, Publish). */
const MOST_BYTES = 262_144;
const MOST_SUBJECT = 100;

// Publish to a phone or a device, attributes and structures are for other uses than a notification to people.
const NOT_EMULATED = [
  'TargetArn',
  'PhoneNumber',
  'MessageStructure',
  'MessageAttributes',
  'MessageDeduplicationId',
  'MessageGroupId',
] as const;

const invalid = (what: string) => new AwsFault('InvalidParameterException', `Invalid parameter: ${what}`);

/** Publishes to a topic: kept, so that whoever looks can read it. There are no subscribers. */
export function publish(
  input: PublishInput,
  { topics, messages, random }: { topics: Topics; messages: PublishedMessage[]; random: Random },
  { now }: Call,
) {
  const { TopicArn: topicArn = '', Subject: subject, Message: message = '' } = input;
  const refused = NOT_EMULATED.find((member) => input[member] !== undefined);
  if (refused) throw new AwsFault('NotEmulated', `the local AWS does not emulate ${refused} of Publish`);
  if (!topics.has(topicArn)) throw new AwsFault('NotFoundException', 'Topic does not exist');
  if (message === '') throw invalid('Empty message');
  if (Buffer.byteLength(message) > MOST_BYTES) throw invalid('Message too long');
  // ASCII that begins with a letter, digit or punctuation, without line breaks or control characters (SNS API reference, Publish).
  const isSubject = subject === undefined || (/^[!-~][ -~]*$/.test(subject) && subject.length <= MOST_SUBJECT);
  if (!isSubject) throw invalid('Subject');
  messages.push({ topicArn, ...(subject !== undefined && { subject }), message, at: now });
  return { MessageId: randomUuid(random) } satisfies PublishResponse;
}
