import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    coverage: {
      provider: 'v8',
      // A gate where we decide; elsewhere the whole-workflow tests say more than a percentage.
      include: ['lib/core/**/*.ts'],
      thresholds: { 100: true },
    },
  },
});
