import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { checkUninstall, CheckUninstallInput } from '../../../lib/core/check-uninstall.ts';
import type { StackResponse } from '../../../lib/core/ports.ts';
import type { EntryRef } from '../../../lib/core/shapes.ts';
import { REF as entry } from './world/fake-world.ts';

const URL = 'https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/answer?signature=x';
const ids = { StackId: 'stack', RequestId: 'request', LogicalResourceId: 'CheckUninstall' };
const request = (RequestType: CheckUninstallInput['RequestType']) => ({ RequestType, ResponseURL: URL, ...ids });

async function answerTo(
  RequestType: CheckUninstallInput['RequestType'],
  withOpenJournal: () => Promise<{ entry: EntryRef }[]>,
  names: () => Promise<string[]> = async () => [],
) {
  const answers: { url: string; response: StackResponse }[] = [];
  const ledger = { withOpenJournal };
  const stackResponses = {
    answer: async (url: string, response: StackResponse) => void answers.push({ url, response }),
  };
  const result = await checkUninstall(request(RequestType), { ledger, runningRebinds: { names }, stackResponses });
  return { result, answers };
}

const open = (count: number) => async () => Array.from({ length: count }, () => ({ entry }));

describe('the check of an uninstall', () => {
  test('lets the stack go when no journal is open', async () => {
    const { result, answers } = await answerTo('Delete', open(0));
    expect(result).toEqual({ status: 'SUCCESS' });
    const expected = { Status: 'SUCCESS', Reason: 'no journal is open, and no rebind runs' };
    expect(answers).toEqual([{ url: URL, response: { ...expected, PhysicalResourceId: 'check-uninstall', ...ids } }]);
  });

  test('refuses while entries are deleted and not made again, and names them', async () => {
    const { answers } = await answerTo('Delete', open(2));
    expect(answers[0]?.response.Status).toBe('FAILED');
    expect(answers[0]?.response.Reason).toContain(
      `${entry.principalArn} in ${entry.clusterName} (${entry.region} of account ${entry.accountId})`,
    );
    expect(answers[0]?.response.Reason).not.toContain('more');
  });

  test('names three of many', async () => {
    const { answers } = await answerTo('Delete', open(9));
    expect(answers[0]?.response.Reason).toContain(' and 6 more');
  });

  test('refuses when the ledger cannot be read', async () => {
    const { answers } = await answerTo('Delete', () => Promise.reject(new Error('throttled')));
    expect(answers[0]?.response.Status).toBe('FAILED');
    expect(answers[0]?.response.Reason).toContain('throttled');
  });

  test('refuses while a rebind runs, which may delete its entry next, and says what to do', async () => {
    const { answers } = await answerTo('Delete', open(0), async () => ['prod.people.1', 'prod.nodes.2']);
    expect(answers[0]?.response.Status).toBe('FAILED');
    expect(answers[0]?.response.Reason).toContain(
      'running and may delete an access entry: prod.people.1, prod.nodes.2; wait',
    );
  });

  test('names three of many rebinds', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `prod.role.${index}`);
    const { answers } = await answerTo('Delete', open(0), async () => names);
    expect(answers[0]?.response.Reason).toContain('prod.role.2 and 5 more;');
  });

  test('looks at what runs first: a rebind that fails in between leaves its journal open', async () => {
    const asked: string[] = [];
    const journals = async () => [asked.push('journals')].flatMap(() => []);
    await answerTo('Delete', journals, async () => [asked.push('rebinds')].flatMap(() => []));
    expect(asked).toEqual(['rebinds', 'journals']);
  });

  test('refuses when it cannot be told whether one runs', async () => {
    const { answers } = await answerTo('Delete', open(0), () => Promise.reject(new Error('denied')));
    expect(answers[0]?.response).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('denied') });
  });

  test.each(['Create', 'Update'] as const)('never stands in the way of %s', async (type) => {
    const { result } = await answerTo(type, open(1));
    expect(result).toEqual({ status: 'SUCCESS' });
  });

  // Each partition's own domain, as CDK's region-info has it.
  test.each([
    ['us-east-1', 'amazonaws.com'],
    ['cn-north-1', 'amazonaws.com.cn'],
    ['eusc-de-east-1', 'amazonaws.eu'],
    ['us-iso-east-1', 'c2s.ic.gov'],
    ['us-isob-east-1', 'sc2s.sgov.gov'],
    ['us-isof-south-1', 'csp.hci.ic.gov'],
    ['eu-isoe-west-1', 'cloud.adc-e.uk'],
  ])('answers CloudFormation in %s, whose domain is %s', (region, domain) => {
    const ResponseURL = `https://cloudformation-custom-resource-response-x.s3.${region}.${domain}/arn?Signature=x`;
    expect(v.is(CheckUninstallInput, { ...request('Delete'), ResponseURL })).toBe(true);
  });

  test.each(['http://s3.amazonaws.com/x', 'https://169.254.169.254/x', 'https://example.com/?a.amazonaws.com/'])(
    'calls no other address: %s',
    (ResponseURL) => {
      expect(v.is(CheckUninstallInput, { ...request('Delete'), ResponseURL })).toBe(false);
    },
  );
});
