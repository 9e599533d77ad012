import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { environmentOf, readSettings, type Settings, settingsFrom } from '../../../lib/core/settings.ts';

const env = (more: Record<string, string> = {}) => ({ EKS_REBIND_REGIONS: 'eu-west-1', ...more });
const complete = (more: Record<string, string> = {}): Record<string, string> => ({
  ...environmentOf(settingsFrom(env())),
  ...more,
});

describe('settingsFrom', () => {
  test('defaults to rebinding, asking for admin entries, after 120 s and 4 reads', () => {
    expect(settingsFrom(env())).toEqual({
      regions: ['eu-west-1'],
      mode: 'rebind',
      adminEntries: 'ask',
      approvers: [],
      approvalSeconds: 259_200,
      cap: 50,
      breaker: 3,
      orphans: 'report',
      graceSeconds: 86_400,
      ownerGraceSeconds: 300,
      settleSeconds: 120,
      settleReads: 4,
      optOutTag: 'eks-rebind:opt-out',
      optOut: [],
      trustedCreators: [],
      memberAccounts: [],
      externalId: 'eks-rebind',
    });
  });

  test('takes what is empty as not set', () => {
    expect(settingsFrom(env({ EKS_REBIND_MODE: '', EKS_REBIND_CAP: '' }))).toEqual(settingsFrom(env()));
  });

  test('reads lists with spaces and empty items', () => {
    const settings = settingsFrom(env({ EKS_REBIND_REGIONS: 'eu-west-1, us-gov-west-1,', EKS_REBIND_OPT_OUT: 'a, b' }));
    expect(settings.regions).toEqual(['eu-west-1', 'us-gov-west-1']);
    expect(settings.optOut).toEqual(['a', 'b']);
  });

  test('has no default for the regions', () => {
    expect(() => settingsFrom({})).toThrow('environment variable EKS_REBIND_REGIONS is not set: expected regions');
  });
});

describe('readSettings', () => {
  test.each(Object.keys(complete()))('says that %s is missing: a function guesses nothing', (variable) => {
    const { [variable]: _, ...others } = complete();
    expect(() => readSettings(others)).toThrow(
      expect.objectContaining({
        name: 'InvalidSettings',
        message: expect.stringMatching(new RegExp(`^environment variable ${variable} is not set: expected `)),
      }),
    );
  });

  test.each([
    ['EKS_REBIND_REGIONS', ''],
    ['EKS_REBIND_REGIONS', 'europe'],
    ['EKS_REBIND_MODE', 'on'],
    ['EKS_REBIND_MODE', ''],
    ['EKS_REBIND_ADMIN_ENTRIES', 'yes'],
    ['EKS_REBIND_SETTLE_SECONDS', '-1'],
    ['EKS_REBIND_SETTLE_SECONDS', '2m'],
    ['EKS_REBIND_SETTLE_READS', '0'],
    ['EKS_REBIND_OPT_OUT_TAG', ''],
    ['EKS_REBIND_APPROVAL_SECONDS', '2592001'],
    ['EKS_REBIND_GRACE_SECONDS', '2592001'],
    ['EKS_REBIND_OWNER_GRACE_SECONDS', '3601'],
    ['EKS_REBIND_MEMBER_ACCOUNTS', '1234'],
    ['EKS_REBIND_MEMBER_ACCOUNTS', '444455556666,444455556666'],
    ['EKS_REBIND_EXTERNAL_ID', 'x'],
    ['EKS_REBIND_EXTERNAL_ID', 'a secret'],
  ])('says that %s must not be %j, and what it wants', (variable, value) => {
    expect(() => readSettings(complete({ [variable]: value }))).toThrow(
      expect.objectContaining({
        name: 'InvalidSettings',
        message: expect.stringContaining(`environment variable ${variable} is ${JSON.stringify(value)}: expected `),
      }),
    );
  });
});

const arn = fc.stringMatching(/^arn:aws:iam::\d{12}:role\/\w+$/);
const seconds = (most: number) => fc.integer({ min: 1, max: most });

property.prop([
  fc.record<Settings>({
    regions: fc.array(fc.constantFrom('eu-west-1', 'us-gov-east-1', 'cn-north-1', 'us-isob-east-1'), { minLength: 1 }),
    mode: fc.constantFrom('rebind', 'ask', 'report'),
    adminEntries: fc.constantFrom('ask', 'rebind'),
    settleSeconds: seconds(1e6),
    settleReads: seconds(100),
    optOutTag: fc.stringMatching(/^[\w:/]+$/),
    optOut: fc.array(arn),
    trustedCreators: fc.array(arn),
    approvers: fc.array(arn),
    approvalSeconds: seconds(30 * 86_400),
    cap: seconds(1e6),
    breaker: seconds(1e6),
    orphans: fc.constantFrom('report', 'remove'),
    graceSeconds: seconds(30 * 86_400),
    ownerGraceSeconds: seconds(3600),
    memberAccounts: fc.uniqueArray(fc.stringMatching(/^\d{12}$/)),
    externalId: fc.stringMatching(/^[\w+=,.@:/-]{2,64}$/),
  }),
])('an environment made of settings is read as the same settings', (settings) => {
  // oxlint-disable-next-line vitest/no-standalone-expect -- the property is a test
  expect(readSettings(environmentOf(settings))).toEqual(settings);
});
