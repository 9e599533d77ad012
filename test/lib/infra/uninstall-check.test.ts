import { expect, test } from 'vitest';
import { synthesize } from '../../../lib/infra/synthesize.ts';

const template = synthesize({}, { account: '111122223333', region: 'us-east-1' });

test('the check of an uninstall depends on everything else, so that nothing is deleted before it is asked', () => {
  const resources = Object.entries(template.Resources);
  const [id = '', check] = resources.find(([, { Type }]) => Type === 'Custom::EksRebindUninstallCheck') ?? [];
  expect(check?.Properties?.['ServiceToken']).toBeDefined();
  const needed = new Set<unknown>(JSON.parse(JSON.stringify(check)).DependsOn);
  const left = resources.map(([name]) => name).filter((name) => name !== id && !needed.has(name));
  // What CDK writes about itself.
  expect(left.filter((name) => template.Resources[name]?.Type !== 'AWS::CDK::Metadata')).toEqual([]);
});
