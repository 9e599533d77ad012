import { createHash } from 'node:crypto';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, localWorld, refusal, roleArn, START } from '../local-world.ts';

const QUEUE = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/letters`;
const QUEUE_ARN = `arn:aws:sqs:us-east-1:${ACCOUNT}:letters`;

/** A queue, and somebody who may do everything with it. */
function withQueue() {
  const world = localWorld();
  const nothing = { functions: {}, stateMachines: {}, rules: {} };
  const where = { accountId: ACCOUNT, partition: 'aws', region: 'us-east-1' };
  world.aws.deploy({ ...where, ...nothing, queues: { letters: {}, others: {} } });
  const sqs = new SQSClient(world.config());
  const put = (MessageBody: string, more: object = {}) =>
    sqs.send(new SendMessageCommand({ QueueUrl: QUEUE, MessageBody, ...more }));
  const take = async (more: object = {}) => {
    const { Messages = [] } = await world.clock.run(() =>
      sqs.send(new ReceiveMessageCommand({ QueueUrl: QUEUE, MaxNumberOfMessages: 10, ...more })),
    );
    return Messages;
  };
  const remove = (ReceiptHandle: string | undefined) =>
    sqs.send(new DeleteMessageCommand({ QueueUrl: QUEUE, ReceiptHandle }));
  const counts = async () => {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: QUEUE, AttributeNames: ['All'] }),
    );
    return [
      Attributes['ApproximateNumberOfMessages'],
      Attributes['ApproximateNumberOfMessagesNotVisible'],
      Attributes['ApproximateNumberOfMessagesDelayed'],
    ];
  };
  return { ...world, sqs, put, take, remove, counts };
}

describe('a message', () => {
  test('is taken with its attributes, and gone once it is deleted', async () => {
    const { put, take, remove, counts, wait } = withQueue();
    await put('hello', { MessageAttributes: { RULE_ARN: { DataType: 'String', StringValue: 'a rule' } } });
    expect(await counts()).toEqual(['1', '0', '0']);
    const [message] = await take({ MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
    expect(message).toMatchObject({
      Body: 'hello',
      MD5OfBody: '5d41402abc4b2a76b9719d911017c592',
      MessageAttributes: { RULE_ARN: { DataType: 'String', StringValue: 'a rule' } },
      Attributes: { SenderId: ACCOUNT, SentTimestamp: String(START), ApproximateReceiveCount: '1' },
    });
    await remove(message?.ReceiptHandle);
    await wait(60_000);
    expect(await take()).toEqual([]);
    expect(await counts()).toEqual(['0', '0', '0']);
  });

  test('comes back when its visibility timeout is over, with another receipt', async () => {
    const { put, take, remove, counts, wait } = withQueue();
    await put('hello');
    const [first] = await take({ VisibilityTimeout: 60 });
    expect(await take()).toEqual([]);
    expect(await counts()).toEqual(['0', '1', '0']);
    await wait(60_000);
    const [second] = await take({ MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
    expect(second).toMatchObject({ MessageId: first?.MessageId, Attributes: { ApproximateReceiveCount: '2' } });
    await remove(first?.ReceiptHandle);
    expect(await counts()).toEqual(['0', '1', '0']);
    await remove(second?.ReceiptHandle);
    expect(await counts()).toEqual(['0', '0', '0']);
  });

  test('is hidden for half a minute unless told otherwise', async () => {
    const { put, take, wait } = withQueue();
    await put('hello');
    await take();
    await wait(29_999);
    expect(await take()).toEqual([]);
    await wait(1);
    expect(await take()).toHaveLength(1);
  });

  test('may be delayed, and waited for', async () => {
    const { put, take, counts } = withQueue();
    await put('later', { DelaySeconds: 15 });
    expect(await counts()).toEqual(['0', '0', '1']);
    expect(await take({ WaitTimeSeconds: 10 })).toEqual([]);
    expect(await take({ WaitTimeSeconds: 10 })).toMatchObject([{ Body: 'later' }]);
  });

  test('is taken with those attributes only that were asked for', async () => {
    const { put, take } = withQueue();
    const text = { DataType: 'String', StringValue: 'x' };
    await put('hello', { MessageAttributes: { 'a.one': text, 'a.two': text, b: text } });
    const [message] = await take({ MessageAttributeNames: ['a.*'], VisibilityTimeout: 0 });
    expect(Object.keys(message?.MessageAttributes ?? {})).toEqual(['a.one', 'a.two']);
    const [bare] = await take();
    expect(bare?.MessageAttributes).toBeUndefined();
  });
});

test('messages come in order, as many as asked for', async () => {
  const { put, take } = withQueue();
  for (const body of ['1', '2', '3']) await put(body);
  expect((await take({ MaxNumberOfMessages: 2 })).map(({ Body }) => Body)).toEqual(['1', '2']);
  expect((await take({ MaxNumberOfMessages: 2 })).map(({ Body }) => Body)).toEqual(['3']);
});

// The digest of one string attribute, worked out by hand: each part behind its length in four bytes, and 1 for a string.
test('attributes are answered with their digest', async () => {
  const { put } = withQueue();
  const { MD5OfMessageAttributes } = await put('x', {
    MessageAttributes: { b: { DataType: 'Number', StringValue: '2' }, a: { DataType: 'String', StringValue: 'one' } },
  });
  const bytes = Buffer.concat([
    Buffer.from([0, 0, 0, 1, 97, 0, 0, 0, 6]),
    Buffer.from('String'),
    Buffer.from([1, 0, 0, 0, 3]),
    Buffer.from('one'),
    Buffer.from([0, 0, 0, 1, 98, 0, 0, 0, 6]),
    Buffer.from('Number'),
    Buffer.from([1, 0, 0, 0, 1, 50]),
  ]);
  expect(MD5OfMessageAttributes).toBe(createHash('md5').update(bytes).digest('hex'));
});

test('queues are found by name and listed', async () => {
  const { sqs } = withQueue();
  expect(await sqs.send(new GetQueueUrlCommand({ QueueName: 'letters' }))).toMatchObject({ QueueUrl: QUEUE });
  const listed = async (more: object = {}) => (await sqs.send(new ListQueuesCommand(more))).QueueUrls;
  expect(await listed()).toEqual([QUEUE, QUEUE.replace('letters', 'others')]);
  expect(await listed({ QueueNamePrefix: 'let' })).toEqual([QUEUE]);
  expect(await listed({ QueueNamePrefix: 'x' })).toBeUndefined();
});

describe('SQS refuses', () => {
  test('a queue that is not there, by both of its names', async () => {
    const { sqs } = withQueue();
    const gone = { name: 'QueueDoesNotExist', message: 'The specified queue does not exist.' };
    expect(await refusal(sqs.send(new GetQueueUrlCommand({ QueueName: 'gone' })))).toMatchObject({
      ...gone,
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
    });
    const QueueUrl = QUEUE.replace('letters', 'gone');
    expect(await refusal(sqs.send(new ReceiveMessageCommand({ QueueUrl })))).toMatchObject(gone);
  });

  test('a receipt that is none', async () => {
    const { remove } = withQueue();
    expect(await refusal(remove('nonsense'))).toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  });

  test('more than ten at once', async () => {
    const { take } = withQueue();
    expect(await refusal(take({ MaxNumberOfMessages: 11 }))).toMatchObject({
      message: expect.stringContaining('Must be between 1 and 10'),
    });
  });

  test('too long a message', async () => {
    const { put } = withQueue();
    expect(await refusal(put('x'.repeat(1_048_577)))).toMatchObject({
      message: expect.stringContaining('shorter than 1048576 bytes'),
    });
  });

  test('what it does not emulate, by name', async () => {
    const { put } = withQueue();
    const MessageAttributes = { a: { DataType: 'Binary', BinaryValue: new Uint8Array(1) } };
    for (const more of [{ MessageGroupId: 'x' }, { MessageAttributes }]) {
      expect(await refusal(put('x', more))).toMatchObject({ $metadata: { httpStatusCode: 501 } });
    }
  });

  test('whom no policy lets', async () => {
    const { aws, config } = withQueue();
    const statements = [{ effect: 'Allow', actions: ['sqs:ReceiveMessage'], resources: [QUEUE_ARN] }] as const;
    const key = aws.credentials.issue({ arn: roleArn('drains'), statements });
    const sqs = new SQSClient(config(key));
    expect(await sqs.send(new ReceiveMessageCommand({ QueueUrl: QUEUE }))).toMatchObject({});
    expect(await refusal(sqs.send(new SendMessageCommand({ QueueUrl: QUEUE, MessageBody: 'x' })))).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`not authorized to perform: sqs:SendMessage on resource: ${QUEUE_ARN}`),
    });
  });
});
