import { expect, test } from 'vitest';
import { synthesize } from '../../../lib/infra/synthesize.ts';
import { resourcesOf } from './synthesized.ts';

const CHINA = { account: '111122223333', region: 'cn-north-1' };
const approvers = ['arn:aws-cn:iam::111122223333:role/operators'];

test('approvers are refused where there is no URL that they could answer at', () => {
  expect(() => synthesize({ approvers }, CHINA)).toThrow(
    "approvers is ['arn:aws-cn:iam::111122223333:role/operators'], wanted none",
  );
});

/** How the functions of a stack in this region are traced, and how many of their roles may write traces. */
function traced(region: string) {
  const template = synthesize({}, { ...CHINA, region });
  const functions = [...resourcesOf('AWS::Lambda::Function', template).values()];
  const roles = [...resourcesOf('AWS::IAM::Role', template).values()].map((role) => JSON.stringify(role));
  return {
    modes: new Set(functions.map(({ TracingConfig }) => JSON.stringify(TracingConfig))),
    writers: roles.filter((role) => role.includes('lambda.amazonaws.com') && role.includes('xray:Put')).length,
    functions: functions.length,
  };
}

test('functions are traced wherever Lambda can be, and may write traces nowhere else', () => {
  expect(traced('cn-north-1')).toMatchObject({ modes: new Set([undefined]), writers: 0 });
  const govCloud = traced('us-gov-west-1');
  expect(govCloud).toMatchObject({ modes: new Set(['{"Mode":"Active"}']), writers: govCloud.functions });
});
