import { expect, test } from 'vitest';
import { executionLink } from '../../../lib/core/console-links.ts';

test.each([
  ['us-east-1', 'https://us-east-1.console.aws.amazon.com/states/home?region=us-east-1'],
  ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/states/home?region=cn-north-1'],
  ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/states/home?region=us-gov-west-1'],
])('an execution in %s is in the console of its partition', (region, page) => {
  expect(executionLink(region, 'arn:x:y')).toBe(`${page}#/v2/executions/details/arn:x:y`);
});

test('where a partition publishes no console there is no link', () => {
  expect(executionLink('us-iso-east-1', 'arn:x:y')).toBeUndefined();
});
