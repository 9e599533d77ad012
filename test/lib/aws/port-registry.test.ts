import { describe, expect, test } from 'vitest';
import { makePorts, variablesOf } from '../../../lib/aws/port-registry.ts';
import { environmentOf, settingsFrom } from '../../../lib/core/settings.ts';
import { systemClock } from '../../../lib/runtime.ts';

const answeringAt = (url?: string) => {
  const settings = environmentOf(settingsFrom({ EKS_REBIND_REGIONS: 'eu-west-1' }));
  const env = { ...settings, AWS_REGION: 'us-east-1', EKS_REBIND_ANSWER_URL: url };
  return makePorts(['answering'], { env, clock: systemClock, random: () => 0, write: () => {} }).answering;
};

describe('where people answer', () => {
  test.each(['https://abc.lambda-url.us-east-1.on.aws/', 'http://abc.lambda-url.us-east-1.localhost:4566/'])(
    'may be %s',
    (url) => {
      expect(answeringAt(url)).toEqual({ url });
    },
  );

  test.each(["https://a/';rm", 'https://a/ b', 'ftp://a/', 'a'])(
    'is not %s, which would stand in a command as it is',
    (url) => {
      expect(() => answeringAt(url)).toThrow(
        `environment variable EKS_REBIND_ANSWER_URL is ${JSON.stringify(url)}: expected the URL of the function AnswerApproval`,
      );
    },
  );

  test('has to be set', () => {
    expect(() => answeringAt()).toThrow('EKS_REBIND_ANSWER_URL: expected a value, it is not set');
  });
});

test('ports that need no variable name none, the others each its own', () => {
  expect(variablesOf(['metrics', 'announcements'])).toEqual([]);
  expect(variablesOf(['notifications', 'answering'])).toEqual(['EKS_REBIND_TOPIC_ARN', 'EKS_REBIND_ANSWER_URL']);
});
