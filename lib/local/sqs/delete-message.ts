import type { DeleteMessageRequest } from '@aws-sdk/client-sqs';
import { AwsFault, type Call } from '../call.ts';
import { queueAt, type Queues } from './queue-state.ts';

const HANDLE = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Deletes a message by its last receipt; a stale receipt deletes nothing and is no fault (SQS API reference, DeleteMessage). */
export function deleteMessage({ QueueUrl = '', ReceiptHandle = '' }: DeleteMessageRequest, queues: Queues, call: Call) {
  const { messages } = queueAt(queues, QueueUrl, call);
  if (!HANDLE.test(ReceiptHandle)) {
    throw new AwsFault(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${ReceiptHandle}" is not a valid receipt handle.`,
    );
  }
  const index = messages.findIndex(({ receiptHandle }) => receiptHandle === ReceiptHandle);
  if (index >= 0) messages.splice(index, 1);
  return {};
}
