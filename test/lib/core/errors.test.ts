import { expect, test } from 'vitest';
import * as errors from '../../../lib/core/errors.ts';

const { AppError, ...named } = errors;

test.each(Object.entries(named))('%s is called so, and says what to do about it', (name, NamedError) => {
  const error = new NamedError('what happened');
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ name, message: 'what happened' });
  expect(['retry', 'fix-input', 'report']).toContain(error.remedy);
});
