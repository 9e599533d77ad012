import { defineConfig } from 'vitest/config';
import { APART } from './vitest.apart.config.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These have minutes of their own: `npm run test:apart`.
    exclude: [...APART, 'node_modules/**'],
    testTimeout: 30_000,
    // All cores: by itself it leaves one free, which is half of two.
    maxWorkers: '100%',
    // CDK's own validation takes 1.2 s a process; `npm run synth` runs it.
    env: { CDK_VALIDATION: 'false' },
    // CI counts the tests that ran from this file.
    reporters: ['default', ['json', { outputFile: 'coverage/tests.json' }]],
    coverage: {
      provider: 'v8',
      // A gate where we decide; elsewhere the whole-workflow tests say more than a percentage.
      include: ['lib/core/**/*.ts'],
      reporter: ['text-summary'],
      clean: false,
      thresholds: { 100: true },
    },
  },
});
