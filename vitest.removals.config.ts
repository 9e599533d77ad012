import { defineConfig } from 'vitest/config';

// Run apart from the other tests: some hundred stories, each with something taken away, take minutes.
export default defineConfig({
  test: {
    include: ['test/removals/**/*.test.ts'],
    testTimeout: 60_000,
    env: { CDK_VALIDATION: 'false' },
    // CI counts the tests that ran from this file.
    reporters: ['default', ['json', { outputFile: 'coverage/removals.json' }]],
  },
});
