import { expect, test } from 'vitest';
import { principalOf } from '../../../lib/core/principal-of.ts';
import { PRINCIPAL, REF } from './world/fake-world.ts';

test('names the role without its path', () => {
  expect(principalOf(REF)).toEqual(PRINCIPAL);
});

test('an entry of anything else is wrong input', () => {
  const principalArn = 'arn:aws:sts::111122223333:assumed-role/readers/session';
  expect(() => principalOf({ ...REF, principalArn })).toThrow(expect.objectContaining({ name: 'InvalidInput' }));
});
