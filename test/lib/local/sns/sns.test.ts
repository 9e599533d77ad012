import {
  CreateTopicCommand,
  DeleteTopicCommand,
  ListTopicsCommand,
  PublishCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { describe, expect, test } from 'vitest';
import { ACCOUNT, localWorld, refusal, ROOT, START } from '../local-world.ts';
import { allowing } from '../allowing.ts';

const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:alerts`;

async function withTopic() {
  const { aws, config } = localWorld();
  const sns = new SNSClient(config());
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'alerts' }));
  expect(TopicArn).toBe(TOPIC);
  return { aws, sns };
}

test('a message that is published can be read, with its subject and time', async () => {
  const { aws, sns } = await withTopic();
  const { MessageId } = await sns.send(new PublishCommand({ TopicArn: TOPIC, Subject: 'asked', Message: 'who?\nme' }));
  expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
  await sns.send(new PublishCommand({ TopicArn: TOPIC, Message: 'bare' }));
  expect(aws.sns.messages).toEqual([
    { topicArn: TOPIC, subject: 'asked', message: 'who?\nme', at: START },
    { topicArn: TOPIC, message: 'bare', at: START },
  ]);
});

test('topics are listed, and made once', async () => {
  const { sns } = await withTopic();
  await sns.send(new CreateTopicCommand({ Name: 'alerts' }));
  await sns.send(new CreateTopicCommand({ Name: 'also' }));
  const { Topics } = await sns.send(new ListTopicsCommand({}));
  expect(Topics).toEqual([{ TopicArn: TOPIC }, { TopicArn: TOPIC.replace('alerts', 'also') }]);
});

test('a topic that is deleted takes nothing more, and is deleted again without a word', async () => {
  const { sns } = await withTopic();
  await sns.send(new DeleteTopicCommand({ TopicArn: TOPIC }));
  await sns.send(new DeleteTopicCommand({ TopicArn: TOPIC }));
  expect((await sns.send(new ListTopicsCommand({}))).Topics ?? []).toEqual([]);
  const late = sns.send(new PublishCommand({ TopicArn: TOPIC, Message: 'x' }));
  expect(await refusal(late)).toMatchObject({ name: 'NotFoundException', message: 'Topic does not exist' });
});

test('a topic may come with a deployment', async () => {
  const { aws, config } = localWorld();
  const bare = { functions: {}, stateMachines: {}, rules: {} };
  aws.deploy({ accountId: ACCOUNT, partition: 'aws', region: 'us-east-1', ...bare, topics: { alerts: {} } });
  await new SNSClient(config()).send(new PublishCommand({ TopicArn: TOPIC, Message: 'x' }));
  expect(aws.sns.messages).toHaveLength(1);
});

describe('refuses', () => {
  test.each([
    ['a topic that is not there', { TopicArn: `${TOPIC}2`, Message: 'x' }, 'NotFoundException'],
    ['an empty message', { TopicArn: TOPIC, Message: '' }, 'InvalidParameterException'],
    ['a message of over 256 KB', { TopicArn: TOPIC, Message: 'ä'.repeat(131_073) }, 'InvalidParameterException'],
    ['a subject of two lines', { TopicArn: TOPIC, Message: 'x', Subject: 'a\nb' }, 'InvalidParameterException'],
    ['a subject beyond ASCII', { TopicArn: TOPIC, Message: 'x', Subject: 'ä' }, 'InvalidParameterException'],
    [
      'a subject of 101 characters',
      { TopicArn: TOPIC, Message: 'x', Subject: 'a'.repeat(101) },
      'InvalidParameterException',
    ],
    ['a phone number, by name', { PhoneNumber: '+4912345678', Message: 'x' }, 'NotEmulated'],
  ])('%s', async (_what, input, name) => {
    const { aws, sns } = await withTopic();
    expect(await refusal(sns.send(new PublishCommand(input)))).toMatchObject({ name });
    expect(aws.sns.messages).toEqual([]);
  });

  test('who is not allowed to, in the words of SNS', async () => {
    const { aws } = await withTopic();
    const credentials = aws.credentials.issue({ arn: ROOT, statements: allowing('sns:ListTopics') });
    const sns = new SNSClient({ region: 'us-east-1', credentials, requestHandler: aws.requestHandler });
    expect(await refusal(sns.send(new PublishCommand({ TopicArn: TOPIC, Message: 'x' })))).toMatchObject({
      name: 'AuthorizationErrorException',
      message: expect.stringContaining(`perform: SNS:Publish on resource: ${TOPIC} because`),
    });
  });

  test('a topic with a name that is none', async () => {
    const { config } = localWorld();
    const making = new SNSClient(config()).send(new CreateTopicCommand({ Name: 'a b' }));
    expect(await refusal(making)).toMatchObject({ name: 'InvalidParameterException' });
  });
});
