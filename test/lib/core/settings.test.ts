import { describe, expect, test } from 'vitest';
import { readSettings } from '../../../lib/core/settings.ts';

const env = (more: Record<string, string> = {}) => ({ EKS_REBIND_REGIONS: 'eu-west-1', ...more });

describe('readSettings', () => {
  test('defaults to rebinding, asking for admin entries, after 120 s and 4 reads', () => {
    expect(readSettings(env())).toEqual({
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
    });
  });

  test('reads lists with spaces and empty items', () => {
    const settings = readSettings(env({ EKS_REBIND_REGIONS: 'eu-west-1, us-gov-west-1,', EKS_REBIND_OPT_OUT: 'a, b' }));
    expect(settings.regions).toEqual(['eu-west-1', 'us-gov-west-1']);
    expect(settings.optOut).toEqual(['a', 'b']);
  });

  test.each([
    ['EKS_REBIND_REGIONS', ''],
    ['EKS_REBIND_REGIONS', 'europe'],
    ['EKS_REBIND_MODE', 'on'],
    ['EKS_REBIND_ADMIN_ENTRIES', 'yes'],
    ['EKS_REBIND_SETTLE_SECONDS', '-1'],
    ['EKS_REBIND_SETTLE_SECONDS', '2m'],
    ['EKS_REBIND_SETTLE_READS', '0'],
    ['EKS_REBIND_OPT_OUT_TAG', ''],
    ['EKS_REBIND_OWNER_GRACE_SECONDS', '3601'],
  ])('says that %s must not be %j', (variable, value) => {
    expect(() => readSettings(env({ [variable]: value }))).toThrow(
      expect.objectContaining({ name: 'InvalidSettings', message: expect.stringContaining(variable) }),
    );
  });

  test('says that the regions are missing', () => {
    expect(() => readSettings({})).toThrow(/EKS_REBIND_REGIONS/);
  });
});
