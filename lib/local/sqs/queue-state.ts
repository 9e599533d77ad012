import { AwsFault, type Call } from '../call.ts';

/** A message attribute; binary ones aren't emulated. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue: string;
}

/** A message in a queue. */
export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  /** The sender's unique id as STS shows it; none where a service sent it. */
  readonly senderId?: string;
  /** Times are in milliseconds since 1970. */
  readonly sentAt: number;
  /** From when ReceiveMessage finds it. */
  visibleFrom: number;
  firstReceivedAt?: number;
  receiveCount: number;
  /** Of its last receipt; an earlier one may have gone stale. */
  receiptHandle?: string;
}

/** A standard queue. */
export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly createdAt: number;
  readonly messages: QueuedMessage[];
}

/** The queues of every account and region, by ARN. */
export type Queues = Map<string, Queue>;

/** A queue's URL (SQS developer guide, "Queue and message identifiers"). */
export function queueUrl(partition: string, region: string, accountId: string, name: string): string {
  return `https://sqs.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}/${accountId}/${name}`;
}

// Text: what SQS answers since it speaks JSON; before, it ended in `for this wsdl version.`
const noSuchQueue = () => new AwsFault('QueueDoesNotExist', 'The specified queue does not exist.');

/** The queue that a URL names, at whatever host: clients may have been sent to this machine. */
export function queueAt(queues: Queues, url: string, { caller, region }: Call): Queue {
  const [name = '', accountId = ''] = url.split('/').toReversed();
  const queue = queues.get(`arn:${caller.partition}:sqs:${region}:${accountId}:${name}`);
  if (!queue) throw noSuchQueue();
  return queue;
}

/** The caller's queue of a name, or another account's where it is told whose. */
export function queueNamed(queues: Queues, name: string, owner: string | undefined, { caller, region }: Call): Queue {
  const queue = queues.get(`arn:${caller.partition}:sqs:${region}:${owner ?? caller.accountId}:${name}`);
  if (!queue) throw noSuchQueue();
  return queue;
}
